import { type Random, seededRandom } from '../../faults/random';
import { avatarUrl } from '../../server/pictures';
import type { World } from '../world';
import type { ConversationType } from '../world-state';
import { ECHO, PEOPLE } from './people';
import { talk } from './talk';

const DAY_MS = 24 * 3600 * 1000;
const MINUTE_MS = 60_000;

interface ConversationPlan {
  type: ConversationType;
  /** Speakers; of a p2p conversation exactly two. */
  people: readonly string[];
  teamId?: string;
  messages: number;
  days: number;
  /** How many of the last messages each speaker but the last has not read. */
  unread: number;
  /** Share of English, 0 to 1. */
  english: number;
}

const P2P: readonly ConversationPlan[] = [
  plan(['linxia', 'zhouyi'], 460, 6, 0, 0.1),
  plan(['linxia', 'chenyu'], 180, 5, 3, 0),
  plan(['linxia', 'alice'], 120, 4, 2, 0.9),
  plan(['linxia', 'sunqi'], 64, 6, 0, 0),
  plan(['linxia', 'wanghao'], 30, 3, 1, 0),
  plan(['linxia', 'grace'], 45, 5, 0, 0.7),
  plan(['zhouyi', 'chenyu'], 210, 6, 5, 0),
  plan(['zhouyi', 'bob'], 90, 4, 1, 1),
  plan(['zhouyi', 'liuyang'], 75, 5, 0, 0),
  plan(['zhouyi', 'huangting'], 22, 2, 2, 0),
  plan(['chenyu', 'zhaomin'], 40, 4, 0, 0),
  plan(['alice', 'bob'], 60, 5, 3, 1),
];

function plan(
  people: readonly string[],
  messages: number,
  days: number,
  unread: number,
  english: number,
): ConversationPlan {
  return { type: 'p2p', people, messages, days, unread, english };
}

/** Times from `days` ago until a little before now, ascending, at hours when people are awake. */
function times(count: number, days: number, now: number, random: Random): number[] {
  const latest = now - 2 * MINUTE_MS;
  return Array.from({ length: count }, () => {
    const day = Math.floor(random() * days);
    const hour = 8 + random() * 14;
    const midnight = now - (now % DAY_MS) - day * DAY_MS;
    // Eight hours east of Greenwich.
    return Math.min(midnight + (hour - 8) * 3600 * 1000, latest - random() * 90 * MINUTE_MS);
  }).sort((a, b) => a - b);
}

function fill(world: World, conversation: ConversationPlan, random: Random): void {
  const { people, type, teamId, messages, days, unread } = conversation;
  const contents = talk(random, conversation.english);
  const when = times(messages, days, world.now(), random);
  const key = teamId ?? people.join('-');
  const log = when.map((createTime, index) => {
    const from = people[Math.floor(random() * people.length)] ?? '';
    // The newest are from the last speaker, so that there is something unread.
    const speaker = index >= messages - unread ? (people.at(-1) ?? from) : from;
    const to = teamId ?? people.find((accountId) => accountId !== speaker) ?? '';
    return world.sendMessage({
      type,
      from: speaker,
      to,
      messageClientId: `seed-${key}-${index}`,
      createTime,
      ...contents.next().value,
    });
  });
  for (const accountId of people) {
    const hasUnread = accountId !== people.at(-1);
    const lastRead = hasUnread ? log.at(-1 - unread) : log.at(-1);
    const time = lastRead?.createTime ?? world.now();
    const peer = people.find((other) => other !== accountId) ?? '';
    world
      .mailbox(accountId)
      .readPositions.push({ type, targetId: teamId ?? peer, time, stamp: world.stamp() });
    if (type === 'p2p') {
      world
        .mailbox(peer)
        .receipts.push({ type: 'p2p', targetId: accountId, time, stamp: world.stamp() });
    }
  }
}

function addPeople(world: World): void {
  for (const { accountId, name, sign } of [...PEOPLE, ECHO]) {
    world.addAccount({
      accountId,
      name,
      sign,
      avatar: avatarUrl(name),
      token: `token-${accountId}`,
    });
  }
  for (const [index, { accountId }] of PEOPLE.entries()) {
    for (const other of PEOPLE.slice(index + 1)) {
      world.relations.befriend(accountId, other.accountId);
    }
    world.relations.befriend(accountId, ECHO.accountId);
  }
}

function addTeams(world: World): ConversationPlan[] {
  const createTime = world.now() - 6 * DAY_MS;
  const project = ['linxia', 'zhouyi', 'chenyu', 'sunqi', 'alice', 'grace'];
  const riding = ['liuyang', 'linxia', 'zhouyi', 'wanghao', 'huangting'];
  const name = '云信小程序项目组';
  const created = world.teams.create({
    name,
    owner: 'linxia',
    members: project,
    avatar: avatarUrl(name),
    intro: '小程序的一切都在这里讨论',
    announcement: '周五下午三点评审',
    createTime,
  });
  const riders = world.teams.create({
    name: '周末骑行',
    owner: 'liuyang',
    members: riding,
    avatar: avatarUrl('周末骑行'),
    createTime,
  });
  return [
    { ...plan(project, 260, 6, 4, 0.2), type: 'team', teamId: created.teamId },
    { ...plan(riding, 80, 5, 0, 0), type: 'team', teamId: riders.teamId },
  ];
}

/**
 * Fills an empty world for the demo: people who know each other, days of talk, two teams, an
 * echo bot. The same seed at the same time gives the same world.
 */
export function seedDemoWorld(world: World, seed: number): void {
  const random = seededRandom(seed);
  addPeople(world);
  const teams = addTeams(world);
  for (const conversation of [...P2P, ...teams]) fill(world, conversation, random);
  const hello = { from: ECHO.accountId, text: '你好!对我说点什么,我会照样说给你听。' };
  for (const { accountId } of PEOPLE) {
    const messageClientId = `seed-echo-${accountId}`;
    world.sendMessage({
      ...hello,
      to: accountId,
      messageClientId,
      createTime: world.now() - DAY_MS,
    });
  }
  // All of it was delivered long ago; what is unread is so by the read positions.
  for (const mailbox of Object.values(world.state.mailboxes)) mailbox.offline = [];
}
