import { type Random, seededRandom } from '../../faults/random';
import { avatarUrl } from '../../server/pictures';
import type { World } from '../world';
import type { ConversationType } from '../world-state';
import { ECHO, PEOPLE, type Person } from './people';
import { callSample, invitationSample, kindSamples, type Sample } from './kind-samples';
import { sampleMessages } from './sample-messages';

const DAY_MS = 24 * 3600 * 1000;
const MINUTE_MS = 60_000;

interface ConversationPlan {
  type: ConversationType;
  /** Accounts of the conversation; exactly two for p2p. */
  people: readonly string[];
  teamId?: string;
  messages: number;
  days: number;
  /** Number of the last messages that all accounts but the last have not read. */
  unread: number;
  /** Share of English, 0 to 1. */
  english: number;
  /** Messages after the last of `messages`, all of them read. */
  samples?: readonly Sample[];
}

const P2P: readonly ConversationPlan[] = [
  plan(['linxia', 'zhouyi'], 460, 6, 0, 0.1),
  plan(['linxia', 'chenyu'], 180, 5, 3, 0),
  plan(['linxia', 'alice'], 120, 4, 2, 0.9),
  {
    ...plan(['linxia', 'sunqi'], 64, 6, 0, 0),
    samples: [callSample(['linxia', 'sunqi']), ...kindSamples(['linxia', 'sunqi'].map(person))],
  },
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

/** Returns ascending times in the last `days` days, between 8 and 22 o'clock and before now. */
function times(count: number, days: number, now: number, random: Random): number[] {
  const latest = now - 2 * MINUTE_MS;
  return Array.from({ length: count }, () => {
    const day = Math.floor(random() * days);
    const hour = 8 + random() * 14;
    const midnight = now - (now % DAY_MS) - day * DAY_MS;
    // China is at UTC+8.
    return Math.min(midnight + (hour - 8) * 3600 * 1000, latest - random() * 90 * MINUTE_MS);
  }).sort((a, b) => a - b);
}

function fill(world: World, conversation: ConversationPlan, random: Random): void {
  const { people, type, teamId, messages, days, unread, samples } = conversation;
  const contents = sampleMessages(random, conversation.english);
  const when = times(messages, days, world.now(), random);
  const key = teamId ?? people.join('-');
  const log = when.map((createTime, index) => {
    const from = people[Math.floor(random() * people.length)] ?? '';
    // The newest messages are from the last account, so that the others have unread messages.
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
  for (const [index, { by, ...content }] of (samples ?? []).entries()) {
    const from = people[by] ?? '';
    log.push(
      world.sendMessage({
        type,
        from,
        to: teamId ?? people.find((accountId) => accountId !== from) ?? '',
        messageClientId: `seed-${key}-sample-${index}`,
        createTime: world.now() - MINUTE_MS,
        ...content,
      }),
    );
  }
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

function person(accountId: string): Person {
  const found = PEOPLE.find((each) => each.accountId === accountId);
  if (!found) throw new Error(`no account ${accountId}`);
  return found;
}

function addTeams(world: World): ConversationPlan[] {
  const createTime = world.now() - 6 * DAY_MS;
  const project = ['linxia', 'zhouyi', 'chenyu', 'sunqi', 'alice', 'grace'];
  const riding = ['liuyang', 'linxia', 'zhouyi', 'wanghao', 'huangting'];
  const name = '云信小程序项目组';
  const created = world.teams.createTeam({
    name,
    owner: 'linxia',
    members: project,
    avatar: avatarUrl(name),
    intro: '小程序的一切都在这里讨论',
    announcement: '周五下午三点评审',
    createTime,
  });
  const riders = world.teams.createTeam({
    name: '周末骑行',
    owner: 'liuyang',
    members: riding,
    avatar: avatarUrl('周末骑行'),
    createTime,
  });
  const developers = ['grace', ...project.filter((accountId) => accountId !== 'grace'), 'bob'];
  const large = world.teams.createTeam({
    kind: 'superTeam',
    name: '小程序开发者交流群',
    owner: 'grace',
    members: developers,
    avatar: avatarUrl('小程序开发者交流群'),
    createTime,
  });
  const samples = [invitationSample(['bob']), ...kindSamples(developers.map(person))];
  return [
    { ...plan(project, 260, 6, 4, 0.2), type: 'team', teamId: created.teamId },
    { ...plan(riding, 80, 5, 0, 0), type: 'team', teamId: riders.teamId },
    { ...plan(developers, 20, 3, 0, 0.3), type: 'superTeam', teamId: large.teamId, samples },
  ];
}

/**
 * Fills an empty world for the demo: accounts that are friends, conversations of several days, two teams, a super team
 * and an echo bot. A chat of two and the super team end with a message of every kind. The same seed at the same time
 * gives the same world.
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
  // All messages count as delivered; the read positions alone decide what is unread.
  for (const mailbox of Object.values(world.state.mailboxes)) mailbox.offline = [];
}
