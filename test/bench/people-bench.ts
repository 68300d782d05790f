import { type Emulator, startEmulator } from '../../emulator';
import { build } from '../../scripts/lib/build';
import { launchPhone, type Phone } from '../weapp/phone';
import { atMost, type Figure } from './figures';
import { LogicCpu } from './logic-cpu';
import { quiet } from './team-bench';

const FRIENDS = 3000;
const TEAMS = 500;
const SLOW_MS = 60_000;
const PAGE = 'pages/contacts/index';
/** Subscriptions to the status of others, and their end. */
const STATUS_COMMANDS = ['19_3', '19_4'];
const SURNAMES = '林王陈刘周黄赵孙李吴徐朱高马郭何罗宋谢唐';
const NAMES = '小雨夏浩洋毅婷琪明红刚敏静丽强磊军杰娟勇';

/** Measures the contacts of an account with 3,000 friends and 500 teams in the built package. */
export async function benchPeople(): Promise<Figure[]> {
  const { directory } = await build({ target: 'weapp' });
  const emulator = await startEmulator({ port: 0, world: 'empty' });
  const { world } = emulator;
  world.addAccount({ accountId: 'anna', name: 'anna', token: 'token-anna' });
  for (let i = 0; i < FRIENDS; i++) {
    world.addAccount({ accountId: `friend${i}`, name: nameOf(i), token: '' });
    world.relations.befriend('anna', `friend${i}`);
  }
  for (let i = 0; i < TEAMS; i++)
    world.teams.createTeam({
      kind: 'team',
      teamId: String(7000 + i),
      name: `Team ${i}`,
      owner: 'anna',
      members: [`friend${i}`],
    });
  const phone = await launchPhone(directory, emulator);
  const cpu = new LogicCpu(directory);
  try {
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.host.waitForPage('pages/conversations/index');
    await quiet(phone);
    return [...(await open(phone, emulator)), await search(phone, cpu)];
  } finally {
    cpu.dispose();
    phone.host.close();
    await emulator.close();
  }
}

function nameOf(i: number): string {
  const at = (chars: string, n: number) => [...chars][n % chars.length] ?? '';
  return `${at(SURNAMES, i)}${at(NAMES, i >> 2)}${at(NAMES, i >> 6)}`;
}

async function open(phone: Phone, { log }: Emulator): Promise<Figure[]> {
  const { host } = phone;
  const asked = () => STATUS_COMMANDS.reduce((sum, command) => sum + log.requestsOf(command), 0);
  const before = asked();
  host.setData.reset();
  host.tapTab('通讯录');
  await host.waitFor(() => host.page.findAll({ className: 'contact' }).length > 10, {
    what: 'the friends',
    timeoutMs: SLOW_MS,
  });
  await quiet(phone);
  const { log: calls } = host.setData.snapshot();
  const first = Math.max(
    0,
    ...calls.filter(({ route }) => route === PAGE).map(({ bytes }) => bytes),
  );
  return [
    atMost('people.firstBytes', first, 60_000, {
      unit: 'B',
      note: `the largest setData of the contacts with ${FRIENDS} friends and ${TEAMS} teams`,
    }),
    atMost('people.statusRequests', asked() - before, 2, {
      note: 'for the online dots of the first screen',
    }),
  ];
}

async function search(phone: Phone, cpu: LogicCpu): Promise<Figure> {
  const { host } = phone;
  let most = 0;
  for (const text of ['nobody', 'lin', '林', 'friend29', 'wxy', 'w']) {
    cpu.start();
    host.page.find({ tag: 'input' }).input(text);
    await quiet(phone, 0);
    most = Math.max(most, cpu.stop());
  }
  return atMost('people.searchMs', Math.round(most), 50, {
    unit: 'ms',
    note: `processor time of the logic, the slowest of 6 searches in ${FRIENDS} friends`,
  });
}
