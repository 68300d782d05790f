import { startEmulator } from '../../emulator';
import { seededRandom } from '../../emulator/faults/random';
import { build } from '../../scripts/lib/build';
import { InputFuzz } from '../chaos/input-fuzz';
import { usedStorage } from '../chaos/input-model';
import { pick } from '../chaos/json-fuzz';
import { describeError } from '../chaos/problems';
import { collectRejections } from '../chaos/rejections';
import { type Host, launchHost } from '../host';
import { createWx } from '../wx';
import { launchPhone, type Phone } from './phone';

/** CHAOS_SEED=n replays a seed. CHAOS_RUNS=n plays n seeds from CHAOS_FROM on. */
const { CHAOS_SEED, CHAOS_RUNS = '1', CHAOS_FROM = '1' } = process.env;
const seeds = CHAOS_SEED
  ? [Number(CHAOS_SEED)]
  : Array.from({ length: Number(CHAOS_RUNS) }, (_, index) => Number(CHAOS_FROM) + index);
const LIST = 'pages/conversations/index';
const P2P = 'anna|1|ben';
const TEAM = { team: '7001', type: '1' };

/** Every page that another page opens, with the query that the app gives it. */
const PAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'packages/chat/index': { conversationId: P2P, message: 'c1', time: '1760000000000' },
  'packages/chat/text/index': {},
  'packages/chat/person/index': { for: 'chat' },
  'packages/chat/merged/index': {
    level: '1',
    md5: 'abc',
    title: 'x',
    url: 'http://127.0.0.1:7600/nos/x',
  },
  'packages/chat/mention/index': { conversationId: 'anna|2|7001' },
  'packages/chat/forward/index': {},
  'packages/chat/pins/index': { conversationId: P2P },
  'packages/chat/readers/index': { conversationId: 'anna|2|7001', message: 'c1' },
  'packages/chat/reminders/index': {},
  'packages/chat/favourites/index': {},
  'packages/chat/phrases/index': {},
  'packages/team/list/index': {},
  'packages/team/settings/index': TEAM,
  'packages/team/members/index': { ...TEAM, for: 'transfer' },
  'packages/team/pick/index': { ...TEAM, with: 'ben' },
  'packages/team/requests/index': {},
  'packages/team/edit/index': { ...TEAM, field: 'name', of: 'ben' },
  'packages/team/apply/index': TEAM,
  'packages/team/avatar/index': TEAM,
  'packages/team/code/index': TEAM,
  'packages/search/index': {},
  'packages/search/chat/index': { conversationId: P2P, words: 'hello' },
  'packages/people/card/index': { account: 'ben' },
  'packages/people/requests/index': {},
  'packages/people/notices/index': {},
  'packages/people/blocked/index': {},
  'packages/people/add/index': {},
  'packages/people/profile/index': {},
  'packages/people/code/index': {},
  'packages/media/viewer/index': {},
  'packages/media/video/index': {},
  'packages/diagnostics/inspector/index': {},
  'packages/devices/index': {},
  'packages/settings/index': {},
  'packages/settings/storage/index': {},
  'packages/settings/about/index': {},
  'packages/meeting/index': {},
  'packages/call/index': {},
  'packages/chatroom/list/index': {},
  'packages/chatroom/room/index': { roomId: '9000', guest: '1' },
  'packages/chatroom/people/index': { roomId: '9000', accountId: 'ben' },
  'packages/chatroom/about/index': { roomId: '9000' },
};

let dist = '';
beforeAll(async () => {
  dist = (await build({ target: 'weapp' })).directory;
}, 300_000);

/** A page is blank when it shows neither a text nor a picture nor a field. */
function isBlank({ page }: Host): boolean {
  const has = (tag: string) => page.has({ tag });
  return page.text().trim() === '' && !['image', 'input', 'textarea', 'canvas', 'video'].some(has);
}

async function playPages(seed: number, fuzz: InputFuzz): Promise<string[]> {
  const problems: string[] = [];
  const random = seededRandom(seed * 7919);
  const emulator = await startEmulator({ port: 0, world: 'empty' });
  for (const accountId of ['anna', 'ben', 'chen'])
    emulator.world.addAccount({ accountId, token: `token-${accountId}`, name: accountId });
  emulator.world.relations.befriend('anna', 'ben');
  emulator.world.sendMessage({ from: 'ben', to: 'anna', text: 'hello' });
  emulator.world.teams.createTeam({
    teamId: '7001',
    name: 'Team',
    owner: 'ben',
    members: ['anna'],
  });
  emulator.rooms.addRoom({ roomId: '9000', roomName: 'room', creatorAccountId: 'ben' });
  const storage = usedStorage(Date.now());
  fuzz.alterStorage(storage);
  const address = new URL(emulator.url).host;
  // The launch leads to any page, with any query.
  const path = pick([...Object.keys(PAGES), LIST, 'pages/me/index'], random);
  const query = Object.fromEntries(
    fuzz
      .alterQuery(PAGES[path] ?? { x: '1' })
      .split('&')
      .map((pair) => pair.split('=') as [string, string])
      .filter(([name]) => name !== ''),
  );
  fuzz.note('page', `launch ${path} ${JSON.stringify(query)}`);
  fuzz.share = 0.3;
  const wx = createWx({
    language: 'en',
    resolve: (url) => url.replace('127.0.0.1:7600', address),
    storage,
    alterAnswer: fuzz.alterAnswer,
    alterResult: fuzz.alterResult,
    launch: { path, query },
  });
  const host = await launchHost({ dist, wx, path, query, seed });
  const shown = async (what: string) => {
    try {
      await host.waitFor(() => !isBlank(host), {
        what: `something on ${host.route}`,
        timeoutMs: 6000,
      });
    } catch {
      problems.push(`blank: ${what}`);
    }
  };
  await shown(`launch ${path}`);
  for (const [page, given] of Object.entries(PAGES)) {
    const changed = fuzz.alterQuery(given);
    fuzz.note('page', `${page}?${changed}`);
    wx.wx.reLaunch({ url: `/${page}?${changed}` });
    await host.waitFor(() => host.route !== '' && host.stack.length > 0, { what: 'a page' });
    await shown(`${page}?${changed.slice(0, 300)}`);
  }
  fuzz.share = 0;
  problems.push(...host.errors.map((error) => `thrown: ${describeError(error)}`));
  host.close();
  // The same storage starts well with servers and functions of wx as they are.
  let phone: Phone | undefined;
  try {
    phone = await launchPhone(dist, emulator, { storage });
    const next = phone.host;
    await next.waitFor(() => !isBlank(next), { what: 'the next start' });
    problems.push(
      ...phone.host.errors.map((error) => `thrown at the next start: ${String(error)}`),
    );
  } catch (cause) {
    problems.push(`the next start: ${String(cause)}`);
  }
  phone?.host.close();
  await emulator.close();
  return problems;
}

test(`every page opens with changed storage, results of wx and parameters, seeds ${seeds[0]} to ${seeds.at(-1)}`, async () => {
  let changed = 0;
  const failures: string[] = [];
  const kinds: Record<string, number> = {};
  for (const seed of seeds) {
    const fuzz = new InputFuzz(seededRandom(seed));
    const rejections = collectRejections();
    const problems = await playPages(seed, fuzz);
    rejections.stop();
    problems.push(
      ...rejections.causes.map((cause) => `thrown: a promise: ${describeError(cause)}`),
    );
    changed += fuzz.changed;
    for (const [kind, count] of Object.entries(fuzz.counts))
      kinds[kind] = (kinds[kind] ?? 0) + count;
    if (problems.length > 0)
      failures.push(`npm run chaos -- inputs --seed ${seed}`, ...problems, ...fuzz.last);
  }
  const blank = failures.filter((line) => line.startsWith('blank')).length;
  process.stderr.write(
    `inputs of the package: ${seeds.length} seeds, ${changed} changed inputs, ` +
      `${failures.length === 0 ? '0 crashes' : 'CRASHES'}, ${blank} blank pages\n${JSON.stringify(kinds)}\n`,
  );
  expect(failures.join('\n')).toBe('');
}, 3_600_000);
