import { Recalling } from '@/packages/chat/recalling';
import type { AccountStores, Chat, MessageRow, RootStore } from '@/stores';
import { message } from '../stores/fakes/builders';

const told: string[] = [];
const asked: string[] = [];
let answer = true;

jest.mock('@tarojs/taro', () => ({}));
jest.mock('@/components/page/dialogs', () => ({
  confirm: ({ content }: { content: string }) => {
    asked.push(content);
    return Promise.resolve(answer);
  },
  toast: (title: string) => told.push(title),
}));

const MINUTE = 60_000;
const SENT_AT = 1_700_000_000_000;

beforeEach(() => {
  told.length = asked.length = 0;
  answer = true;
});

function stage({
  now = SENT_AT,
  limit = 2 * MINUTE,
  isManager = false,
  language = 'zh-CN',
  refusal = 0,
} = {}) {
  const recalled: MessageRow[] = [];
  const recalling = new Recalling({
    root: {
      settings: { language },
      remoteConfig: { recallLimitMs: limit },
    } as unknown as RootStore,
    account: {
      messages: { serverNow: now },
      manages: () => isManager,
      nameIn: () => 'Ben',
    } as unknown as AccountStores,
    chat: {
      recall: (row: MessageRow) => {
        recalled.push(row);
        return refusal ? Promise.reject(Object.assign(new Error(), { code: refusal })) : undefined;
      },
    } as unknown as Chat,
    attempt: async (request) =>
      void (await request().catch((error) => told.push(String(error.code)))),
  });
  return { recalling, recalled };
}

function row(fields: Partial<MessageRow> = {}): MessageRow {
  const made = message({ createTime: SENT_AT });
  return {
    message: made,
    createTime: SENT_AT,
    status: 'sent',
    kind: 'text',
    ...fields,
  } as MessageRow;
}

const mine = row({ mine: true });
const theirs = row({ mine: false });

test('an own message is offered until the limit has passed by the time of the server', () => {
  expect(stage({ now: SENT_AT + 2 * MINUTE }).recalling.isFor(mine)).toBe(true);
  expect(stage({ now: SENT_AT + 2 * MINUTE + 1 }).recalling.isFor(mine)).toBe(false);
  expect(stage({ now: SENT_AT + 5 * MINUTE, limit: 10 * MINUTE }).recalling.isFor(mine)).toBe(true);
  expect(stage().recalling.isFor(row({ mine: true, status: 'failed' }))).toBe(false);
});

test('a message of others is offered to owner and managers, and a notice to nobody', () => {
  expect(stage().recalling.isFor(theirs)).toBe(false);
  const { recalling } = stage({ isManager: true });
  expect(recalling.isFor(theirs)).toBe(true);
  expect(recalling.isFor(row({ kind: 'notification' }))).toBe(false);
});

test('a message of others is recalled after a question, an own message at once', async () => {
  const { recalling, recalled } = stage({ isManager: true });
  answer = false;
  await recalling.run(theirs);
  expect(asked).toEqual(['撤回“Ben”的这条消息？']);
  expect(recalled).toEqual([]);
  answer = true;
  await recalling.run(theirs);
  await recalling.run(mine);
  expect(recalled).toEqual([theirs, mine]);
  expect(asked).toHaveLength(2);
});

test.each([
  [2 * MINUTE, 'zh-CN', '发送超过 2 分钟的消息不能撤回'],
  [90_000, 'zh-CN', '发送超过 90 秒的消息不能撤回'],
  [MINUTE, 'en', 'Messages older than 1 minute cannot be recalled'],
  [24 * 60 * MINUTE, 'en', 'Messages older than 1 day cannot be recalled'],
  [36 * 60 * MINUTE, 'zh-CN', '发送超过 36 小时的消息不能撤回'],
])('a refusal by time says the limit of %d ms in %s', async (limit, language, text) => {
  await stage({ limit, language, refusal: 107314 }).recalling.run(mine);
  expect(told).toEqual([text]);
});

test('another refusal keeps its own text', async () => {
  await stage({ refusal: 107303 }).recalling.run(mine);
  expect(told).toEqual(['107303']);
});
