import type { Host, NodeHandle } from '../../host';
import type { WxHandle } from '../../wx';

/** What a tap did: the page that it opened, or what else changed. */
export interface Door {
  readonly on: string;
  readonly label: string;
  readonly effect: string;
}

interface Walked {
  readonly host: Host;
  readonly wx: WxHandle;
}

/** The area around a menu at the finger, which closes it. */
const MASK = { className: 'pm-mask' };
/** Time limit for the effect of a tap; a tap without an effect is a dead door. */
const EFFECT_MS = 3000;

/**
 * Taps each button of the page on the screen, and each item of the menus that they open, and goes back after each tap.
 * A button is a node with that role: Taro's templates bind a tap to every node. Throws at a button without an effect,
 * and at a page that stays empty.
 */
export async function walkDoors(phone: Walked): Promise<Door[]> {
  const { host } = phone;
  const on = host.route;
  const doors: Door[] = [];
  const find = () => host.page.findAll({ attributes: { ariaRole: 'button' } });
  const names = find().map(nameOf);
  for (const [index, label] of names.entries()) {
    const again = async () => {
      const door = await host.waitFor(() => namesake(find(), names, index), {
        what: `the button ${index} (${label}) of ${on}`,
      });
      return await effectOf(phone, door, `${label} on ${on}`);
    };
    const effect = await again();
    doors.push({ on, label, effect });
    const items = menuItems(host).map(({ text }) => text);
    for (const [at, item] of items.entries()) {
      if (at > 0) await again();
      const node = menuItems(host)[at];
      if (!node) throw new Error(`the item ${item} of ${label} is gone`);
      doors.push({
        on,
        label: `${label} > ${item}`,
        effect: await effectOf(phone, node, `${item} of ${label} on ${on}`),
      });
      await close(phone, on);
    }
    await close(phone, on);
  }
  return doors;
}

const menuItems = ({ page }: Host) => page.findAll({ className: 'pm-item' });

const nameOf = (door: NodeHandle) =>
  String(door.attr('ariaLabel') || '') || door.text || door.classes.join('.');

/** The button at this place among those with the same name: a list may have grown meanwhile. */
function namesake(
  doors: readonly NodeHandle[],
  names: readonly string[],
  index: number,
): NodeHandle | undefined {
  const name = names[index];
  const place = names.slice(0, index).filter((each) => each === name).length;
  return doors.filter((door) => nameOf(door) === name)[place];
}

/** Taps, and waits for the effect. */
export async function effectOf(
  { host, wx }: Walked,
  door: NodeHandle,
  what: string,
): Promise<string> {
  const { ui } = wx;
  const counts = () => [ui.toasts, ui.modals, ui.actionSheets].map(({ length }) => length);
  const before = { route: host.route, text: host.page.tree(), counts: counts() };
  door.tap();
  return await host.waitFor(
    () => {
      if (host.route !== before.route) return `page ${host.route}`;
      const [toasts = 0, modals = 0, sheets = 0] = before.counts;
      if (ui.modals.length > modals) return `modal ${ui.modal?.title || ui.modal?.content}`;
      if (ui.actionSheets.length > sheets) return `sheet ${ui.actionSheet?.itemList.join('|')}`;
      if (ui.toasts.length > toasts) return `toast ${ui.toasts.at(-1)?.title}`;
      return host.page.tree() !== before.text && 'change';
    },
    { what: `an effect of ${what}`, timeoutMs: EFFECT_MS },
  );
}

/** Not the empty page of code that is missing. */
const isDrawn = ({ page }: Host) =>
  page.text().trim() !== '' || ['input', 'image', 'canvas'].some((tag) => page.has({ tag }));

/** Goes back to the page, and closes what lies over it. */
export async function close({ host, wx }: Walked, on: string): Promise<void> {
  wx.ui.modal?.cancel();
  wx.ui.actionSheet?.cancel();
  if (host.route !== on) {
    await host.waitFor(() => isDrawn(host), { what: `the content of ${host.route}` });
    host.back();
    await host.waitForPage(on);
  }
  host.page.maybe(MASK)?.tap();
  await host.waitFor(() => !host.page.has(MASK), { what: 'the menu to close' });
}
