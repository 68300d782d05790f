import { type Emulator, startEmulator } from '../../emulator';
import { seededRandom } from '../../emulator/faults/random';
import { createRoomClient, type RoomClient } from '../harness/room-client';
import { InputFuzz } from './input-fuzz';
import { pick } from './json-fuzz';
import { type Class, describeError, type Outcome, type Problem } from './problems';
import { collectRejections } from './rejections';
import { StoryClock, timersOf } from './story-clock';

export interface InputOutcome extends Outcome {
  fuzz: InputFuzz;
}

const ROOM = '9000';
const P2P = 'anna|1|ben';
/** Time within which a sign-in has an outcome, also from servers that answer nonsense. */
const SIGN_IN_MS = 240_000;

/** Entries that a used phone of anna has, by key: what the app writes, and what its earlier versions may have. */
export function usedStorage(now: number): Map<string, unknown> {
  const message = { messageClientId: 'c1', messageServerId: '1', conversationId: P2P };
  const json: Record<string, unknown> = {
    'yunxin.account': {
      way: 'static',
      accountId: 'anna',
      token: 'token-anna',
      others: [{ way: 'static', accountId: 'ben', token: 'token-ben' }],
    },
    'yunxin.settings': { language: 'en', theme: 'dark', textSize: 'large', sound: true },
    'yunxin.emoji.recent': ['😀', '👍'],
    'yunxin.rooms.recent': [{ roomId: ROOM, roomName: 'room', onlineUserCount: 3 }],
    'yunxin.conversations.anna': [
      {
        conversationId: P2P,
        name: 'ben',
        avatar: '',
        preview: { kind: 'text', text: 'hello' },
        time: now,
        unread: 1,
        stickTop: false,
        muted: false,
      },
    ],
    'yunxin.unsent.anna': [
      { conversationId: P2P, messageClientId: 'u1', text: 'unsent', time: now - 1000 },
      {
        conversationId: P2P,
        messageClientId: 'u2',
        time: now - 900,
        messageType: 100,
        text: '',
        attachment: { raw: '{"type":101}' },
        serverExtension: '{}',
        threadReply: message,
        threadRoot: message,
      },
      {
        conversationId: P2P,
        messageClientId: 'u3',
        time: now - 800,
        messageType: 1,
        attachment: { name: 'a.png', width: 10, height: 10 },
        file: 'u3.png',
      },
    ],
    'yunxin.drafts.anna': [{ conversationId: P2P, text: 'a draft', extra: '{"mentions":[]}' }],
    'yunxin.requests.anna': [
      {
        peerId: 'chen',
        incoming: true,
        text: 'hi',
        answer: '',
        state: 'pending',
        time: now,
        read: false,
      },
    ],
    'yunxin.notices.anna': {
      list: [
        {
          id: 'n1',
          kind: 'custom',
          senderId: 'ben',
          title: '',
          text: 'notice',
          time: now,
          read: false,
        },
      ],
      clearedUntil: 1,
    },
    'yunxin.reminders.anna': [
      { ...message, senderId: 'ben', at: now + 5000, text: 'remember', createTime: now },
    ],
    'yunxin.mutes.anna': [{ conversationId: P2P, until: now + 9000 }],
    'yunxin.unread-marks.anna': [{ conversationId: P2P }],
    'yunxin.phrases.anna': ['on my way'],
    'yunxin.heard.anna': { since: 1, marks: ['v1'] },
    'yunxin.call.anna': ['channel-1'],
  };
  return new Map<string, unknown>([
    ...Object.entries(json).map(([key, value]) => [key, JSON.stringify(value)] as const),
    ['yunxin.rooms.anonymous', 'guest-1'],
  ]);
}

/** Plays a seed: the app starts on changed storage, against servers whose answers are changed. */
export async function playInputs(seed: number): Promise<InputOutcome> {
  const clock = new StoryClock(seed);
  const rejections = collectRejections();
  const emulator = await startEmulator({ port: 0, world: 'empty' });
  for (const accountId of ['anna', 'ben', 'chen'])
    emulator.world.addAccount({ accountId, token: `token-${accountId}`, name: accountId });
  emulator.rooms.addRoom({ roomId: ROOM, roomName: 'room', creatorAccountId: 'ben' });
  emulator.world.relations.befriend('anna', 'ben');
  emulator.world.sendMessage({ from: 'ben', to: 'anna', text: 'hello' });
  const stage = new InputStage(seed, emulator, clock);
  try {
    await stage.play();
  } catch (cause) {
    stage.report('stuck', describeError(cause));
  } finally {
    await emulator.close();
    clock.dispose();
    rejections.stop();
  }
  for (const cause of clock.thrown) stage.report('thrown', `a timer: ${describeError(cause)}`);
  for (const cause of rejections.causes)
    stage.report('thrown', `a promise: ${describeError(cause)}`);
  return { problems: stage.problems, texts: 0, fuzz: stage.fuzz };
}

class InputStage {
  readonly problems: Problem[] = [];
  readonly fuzz: InputFuzz;
  private readonly random;
  private readonly storage: Map<string, unknown>;

  constructor(
    seed: number,
    private readonly emulator: Emulator,
    private readonly clock: StoryClock,
  ) {
    this.random = seededRandom(seed * 7919);
    this.fuzz = new InputFuzz(seededRandom(seed));
    this.storage = usedStorage(clock.now());
  }

  report(problem: Class, text: string): void {
    this.problems.push({ class: problem, text });
  }

  async play(): Promise<void> {
    // The first start writes the entries of the SDKs.
    for (let start = 0; start < 3; start++) {
      if (start > 0) this.fuzz.alterStorage(this.storage);
      await this.start(start > 0);
    }
  }

  private async start(isChanged: boolean): Promise<void> {
    const { fuzz, storage, clock } = this;
    fuzz.share = isChanged ? 0.35 : 0;
    let phone: RoomClient;
    try {
      phone = createRoomClient(this.emulator, {
        clock: timersOf(),
        storage,
        alterAnswer: fuzz.alterAnswer,
        alterResult: fuzz.alterResult,
        loginCode: 'demo:anna',
      });
    } catch (cause) {
      this.report('thrown', `the start: ${describeError(cause)}`);
      return;
    }
    try {
      await this.use(phone, isChanged);
      fuzz.share = 0;
      await this.checkSignIn(phone);
    } finally {
      fuzz.share = 0;
      await clock.until(phone.dispose(), 'the end of the app', 60_000);
    }
    for (const cause of phone.wx.errors)
      this.report('thrown', `a callback: ${describeError(cause)}`);
    if (phone.wx.sockets.live > 0) this.report('sockets', 'a socket is left');
  }

  private async use(phone: RoomClient, isChanged: boolean): Promise<void> {
    const { clock, random } = this;
    const { root, chatroom } = phone;
    const within = (work: Promise<unknown>, what: string) =>
      clock.until(
        work.catch((cause: unknown) => this.checkRefusal(cause, what)),
        what,
        SIGN_IN_MS,
      );
    await within(root.remoteConfig.load(), 'the configuration');
    await within(root.session.restore(), 'the restored account');
    if (isChanged && root.session.status === 'signedOut') {
      const way = pick(['static', 'dynamic', 'thirdParty', 'oneTap'] as const, random);
      await within(
        root.session.signIn(
          way === 'static'
            ? { way, accountId: 'anna', token: 'token-anna' }
            : way === 'oneTap'
              ? { way }
              : { way, accountId: 'anna' },
          { remember: true },
        ),
        `the sign-in ${way}`,
      );
    }
    if (!['signedIn', 'signedOut'].includes(root.session.status))
      this.report('stuck', `the session is ${root.session.status}`);
    if (root.session.status === 'signedIn' && root.session.accountId === 'anna') this.look(phone);
    const { appServer } = root;
    await within(appServer.checkContent('text', 1), 'the content check');
    await within(appServer.roomAccount('anna'), 'the room account');
    await within(appServer.report({ reason: 'spam', accountId: 'ben' }), 'the report');
    await within(chatroom.roomList.load(), 'the rooms');
    await within(chatroom.roomList.load(), 'the rooms');
    await within(
      chatroom.enter(ROOM, {
        signIn:
          random() < 0.5
            ? { way: 'anonymous' }
            : {
                way: 'dynamic',
                accountId: 'anna',
                tokenProvider: (accountId) => root.appServer.dynamicToken(accountId),
              },
        roomNick: 'anna',
      }),
      'the entering',
    );
    await within(chatroom.leave(), 'the leaving');
    await clock.pass(pick([100, 20_000], random));
  }

  /** Reads what the pages of an account read. */
  private look({ root }: RoomClient): void {
    const { account } = root;
    if (!account) return;
    const { conversations, messages, notices, requests, phrases, reminders, acts } = account;
    const shown = [
      conversations.rows.map((row) => [row.name, row.preview, row.unread, acts.isUnread(row)]),
      conversations.totalUnread,
      notices.list,
      requests.list,
      phrases.list,
      reminders.list,
      root.recentEmoji.list(),
      acts.muteEndOf(P2P),
    ];
    JSON.stringify(shown);
    const chat = messages.open(P2P);
    chat.sendText('hello');
    chat.close();
  }

  /** With servers and `wx` as they are, the app signs in, whatever the storage contains. */
  private async checkSignIn({ root }: RoomClient): Promise<void> {
    const { clock } = this;
    await clock.until(root.session.signOut(), 'the sign-out', SIGN_IN_MS);
    const signIn = { way: 'static', accountId: 'anna', token: 'token-anna' } as const;
    await clock.until(root.session.signIn(signIn, { remember: true }), 'the sign-in', SIGN_IN_MS);
    if (root.session.status !== 'signedIn')
      this.report('stuck', `no sign-in: ${JSON.stringify(root.session.error)}`);
    const isListed = () => root.account?.conversations.state === 'ready';
    if (!(await clock.reach(isListed, 60_000))) this.report('stuck', 'the list is never ready');
  }

  /** A refusal has a code; anything else is a defect. */
  private checkRefusal(cause: unknown, what: string): void {
    if (!(cause instanceof Object && typeof (cause as { code?: unknown }).code === 'number'))
      this.report('thrown', `${what}: ${describeError(cause)}`);
  }
}
