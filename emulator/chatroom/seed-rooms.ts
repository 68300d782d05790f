import { seededRandom } from '../faults/random';
import { MemberRole } from '../protocol/room-tags';
import { avatarUrl, pictureUrl } from '../server/pictures';
import { sampleFile } from '../server/samples';
import type { RoomRecord } from '../world/room-state';
import { PEOPLE } from '../world/seed/people';
import { sampleMessages } from '../world/seed/sample-messages';
import type { ChatroomParts } from './room-command';

const SECOND_MS = 1000;
const SPAN_MS = 3 * 3600 * SECOND_MS;

interface RoomPlan extends Partial<RoomRecord> {
  roomId: string;
  roomName: string;
  announcement: string;
  /** Number of virtual members, which always count as online. */
  audience: number;
  /** Number of messages in the last hours. */
  messageCount: number;
  managers?: readonly string[];
  /** Queue elements: the account and its song. */
  waiting?: readonly (readonly [accountId: string, song: string])[];
}

const ROOMS: readonly RoomPlan[] = [
  {
    roomId: '9001',
    roomName: '产品发布会直播',
    announcement: '欢迎来到发布会,提问请发在公屏,主持人会挑选回答',
    live: true,
    // A video instead of a stream: the emulator serves it, and a browser without HLS plays it too.
    liveUrl: sampleFile('walk.mp4').url,
    audience: 128,
    messageCount: 220,
    managers: ['zhouyi'],
  },
  {
    roomId: '9002',
    roomName: '午后音乐厅',
    announcement: '请勿刷屏,点歌请排麦',
    live: true,
    audience: 36,
    messageCount: 24,
    waiting: [
      ['chenyu', '《后来》'],
      ['alice', 'Fly Me to the Moon'],
      ['sunqi', '《晴天》'],
    ],
  },
  {
    roomId: '9003',
    roomName: 'English Corner',
    announcement: 'Be kind, speak slowly',
    creatorAccountId: 'alice',
    audience: 8,
    messageCount: 30,
  },
  {
    roomId: '9004',
    roomName: '技术沙龙:小程序长连接',
    announcement: '提问请带上题号',
    creatorAccountId: 'zhouyi',
    audience: 12,
    messageCount: 16,
  },
  {
    roomId: '9005',
    roomName: '公告厅',
    announcement: '本聊天室全员禁言,只有管理员可以发言',
    chatBanned: true,
    audience: 5,
    messageCount: 4,
  },
  {
    roomId: '9006',
    roomName: '值班室',
    announcement: '同一账号只能在一端进入',
    loginPolicy: { kind: 'exclusive' },
    anonymousAllowed: false,
    audience: 0,
    messageCount: 0,
  },
];

/** Adds the demo rooms with covers, audiences, messages and a queue, among them a live room and a muted room. */
export function seedDemoRooms(parts: ChatroomParts, seed: number): void {
  for (const plan of ROOMS) fill(parts, plan, seed);
}

function fill({ world, broadcast }: ChatroomParts, plan: RoomPlan, seed: number): void {
  const { audience, messageCount, managers = [], waiting = [], ...given } = plan;
  const room = world.addRoom({
    creatorAccountId: 'linxia',
    cover: pictureUrl(plan.roomName, 640, 360),
    createTime: world.now() - SPAN_MS,
    ...given,
  });
  for (const accountId of managers) {
    world.rooms.changeMember(room, accountId, { role: MemberRole.manager });
  }
  for (let at = 1; at <= audience; at += 1) {
    const nick = `观众${at}`;
    const profile = { nick, avatar: avatarUrl(nick), role: MemberRole.virtual };
    world.rooms.changeMember(room, `viewer${at}`, profile);
  }
  room.queue = waiting.map(([ownerAccountId, value], at) => {
    return { key: `mic-${at + 1}`, value, ownerAccountId, transient: false };
  });

  const random = seededRandom(seed + Number(plan.roomId));
  const english = plan.roomId === '9003' ? 1 : 0.1;
  const contents = sampleMessages(random, english);
  const speakers = room.chatBanned ? [room.creatorAccountId] : PEOPLE.map((one) => one.accountId);
  const start = world.now() - SPAN_MS;
  for (let at = 0; at < messageCount; at += 1) {
    broadcast.postMessage(room, {
      ...contents.next().value,
      senderId: speakers[Math.floor(random() * speakers.length)] ?? room.creatorAccountId,
      messageClientId: `seed-room-${room.roomId}-${at}`,
      createTime: start + Math.floor((SPAN_MS * at) / messageCount),
    });
  }
}
