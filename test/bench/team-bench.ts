import { type Emulator, startEmulator } from '../../emulator';
import { build } from '../../scripts/lib/build';
import { launchPhone, type Phone } from '../weapp/phone';
import { atMost, type Figure } from './figures';
import { LogicCpu } from './logic-cpu';

const TEAM = '8001';
const MEMBERS = 5000;
const CHANGES = 200;
/** Commands that read a team and its members; those of super teams have the same names. */
const TEAM_COMMANDS = ['31_9', '31_34', '31_35', '31_36', '32_9', '32_36', '32_37'];
const SLOW_MS = 60_000;
const MEMBERS_PAGE = 'packages/team/members/index';

/** Measures the page of the members of a super team with 5,000 members in the built package. */
export async function benchTeam(): Promise<Figure[]> {
  const { directory } = await build({ target: 'weapp' });
  const emulator = await startEmulator({ port: 0, world: 'empty' });
  const { world } = emulator;
  world.addAccount({ accountId: 'anna', name: 'anna', token: 'token-anna' });
  const ids = Array.from({ length: MEMBERS - 1 }, (_, i) => `rider${i}`);
  for (const accountId of ids)
    world.addAccount({ accountId, name: `Name of ${accountId}`, token: '' });
  world.teams.createTeam({
    kind: 'superTeam',
    teamId: TEAM,
    name: 'Riders',
    owner: 'anna',
    members: ids,
  });
  world.sendMessage({ type: 'superTeam', from: 'rider1', to: TEAM, text: 'hello' });
  const phone = await launchPhone(directory, emulator);
  const cpu = new LogicCpu(directory);
  try {
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.openChat('Riders');
    (await phone.host.waitForNode({ className: 'strip-item', text: '群设置' })).tap();
    await phone.host.waitForPage('packages/team/settings/index');
    await phone.host.waitForNode({ className: 'cell-title', text: '群成员' });
    await quiet(phone);
    const opened = await open(phone, emulator);
    const search = await searchAll(phone, cpu);
    return [...opened, ...search, await changes(phone, emulator, ids)];
  } finally {
    cpu.dispose();
    phone.host.close();
    await emulator.close();
  }
}

async function open(phone: Phone, { log }: Emulator): Promise<Figure[]> {
  const { host } = phone;
  const count = () => TEAM_COMMANDS.reduce((sum, command) => sum + log.requestsOf(command), 0);
  const [before, all] = [count(), log.counters.requests];
  host.setData.reset();
  const title = host.page
    .findAll({ className: 'cell-title' })
    .find(({ text }) => text === '群成员');
  (title?.closest('cell') ?? title)?.tap();
  await host.waitForPage(MEMBERS_PAGE);
  await host.waitForNode({ className: 'tm-name', text: 'anna' }, { timeoutMs: SLOW_MS });
  await quiet(phone);
  const { log: calls } = host.setData.snapshot();
  const rows = calls.filter(
    ({ route, json, bytes }) => route === MEMBERS_PAGE && (json !== '' || bytes > 0),
  );
  const first = Math.max(0, ...rows.map(({ bytes }) => bytes));
  return [
    atMost('team.requests', count() - before, 2, {
      note: `for members; ${log.counters.requests - all} with the profiles of the first screen`,
    }),
    atMost('team.firstBytes', first, 40_000, {
      unit: 'B',
      note: `the largest setData of ${rows.length} until the first screen is complete`,
    }),
  ];
}

/** Loads all members, then searches for several texts. */
async function searchAll(phone: Phone, cpu: LogicCpu): Promise<Figure[]> {
  const { host } = phone;
  const field = () => host.page.find({ tag: 'input' });
  field().input('nobody at all');
  for (;;) {
    await quiet(phone, 0);
    const more = host.page.maybe({ className: 'tm-more' });
    if (!more) break;
    more.tap();
  }
  await host.waitForNode({ className: 'no-match' }, { timeoutMs: SLOW_MS });
  let most = 0;
  for (const text of ['rider', 'rider 49', 'rider4', 'rider4999', 'rider77']) {
    cpu.start();
    field().input(text);
    await quiet(phone, 0);
    most = Math.max(most, cpu.stop());
  }
  field().input('');
  await quiet(phone);
  return [
    atMost('team.searchMs', Math.round(most), 50, {
      unit: 'ms',
      note: `processor time of the logic, the slowest of 5 searches in ${MEMBERS} members`,
    }),
  ];
}

async function changes(phone: Phone, { teams }: Emulator, ids: readonly string[]): Promise<Figure> {
  const { host } = phone;
  host.setData.reset();
  const startedAt = performance.now();
  for (let i = 0; i < CHANGES; i++) {
    teams.ban(TEAM, ids[i] ?? '', true);
    await new Promise((resolve) => setTimeout(resolve, 1000 / CHANGES));
  }
  await quiet(phone);
  const { log } = host.setData.snapshot();
  const seconds = Math.max(1, (log.at(-1)?.atMs ?? 0) / 1000);
  const spent = (performance.now() - startedAt) / 1000;
  return atMost('team.changesCalls', Math.ceil(log.length / seconds), 10, {
    note: `a second; ${log.length} calls in ${spent.toFixed(1)} s for ${CHANGES} muted members`,
  });
}

/** Resolves after 300 ms without a setData, and not before the given number of calls. */
export async function quiet({ host }: Phone, atLeast = 1): Promise<void> {
  for (let calls = -1, same = 0; same < 5;) {
    await new Promise((resolve) => setTimeout(resolve, 60));
    const now = host.setData.snapshot().log.length;
    same = now === calls && now >= atLeast ? same + 1 : 0;
    calls = now;
  }
}
