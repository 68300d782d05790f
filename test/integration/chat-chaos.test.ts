import type { Chat } from '@/stores';
import { describeFailure, playChat } from '../chaos/chat-model';
import type { Phone } from '../chaos/chat-phone';
import { chatStory } from '../chaos/chat-story';
import type { Class } from '../chaos/chat-truth';

/** CHAOS_SEED=n plays one story again, CHAOS_RUNS=n plays more of them. */
const seeds = process.env.CHAOS_SEED
  ? [Number(process.env.CHAOS_SEED)]
  : Array.from({ length: Number(process.env.CHAOS_RUNS ?? 3) }, (_, i) => i + 1);

/** So many failures are told in full; the seeds of all of them stand in the first lines. */
const TOLD = 5;

test(`${seeds.length} random stories of chats over the real SDK`, async () => {
  const failures: string[] = [];
  const seedsOf: Partial<Record<Class, number[]>> = {};
  for (const seed of seeds) {
    const story = chatStory(seed);
    const outcome = await playChat(story);
    for (const each of new Set(outcome.problems.map((one) => one.class)))
      (seedsOf[each] ??= []).push(seed);
    if (outcome.problems.length > 0) failures.push(describeFailure(story, outcome));
  }
  const summary = Object.entries(seedsOf).map(([name, all]) => `${name}: seeds ${all.join(' ')}`);
  expect([...summary, ...failures.slice(0, TOLD)].join('\n\n')).toBe('');
}, 3_600_000);

/** Lets a phone's chats take in something else than what came. */
const receiving =
  (change: (messages: Parameters<Chat['receive']>[0]) => Parameters<Chat['receive']>[0]) =>
  (phone: Phone) => {
    phone.onChat = (chat) => {
      const { receive } = chat;
      chat.receive = (messages) => receive.call(chat, change(messages));
    };
  };

const PLANTED: readonly [Class, string, (phone: Phone) => void][] = [
  [
    'lost',
    'every fourth message is dropped on its way into an open chat',
    receiving((all) => all.filter(({ text }) => !/[048]$/.test(text ?? ''))),
  ],
  [
    'double',
    'messages stand there under a second id as well',
    receiving((all) =>
      all.flatMap((one) => [one, { ...one, messageClientId: `${one.messageClientId}x` }]),
    ),
  ],
  [
    'order',
    'later messages are sorted before earlier ones',
    receiving((all) =>
      all.map((one) => ({ ...one, createTime: 2 * 1_760_000_000_000 - one.createTime })),
    ),
  ],
  [
    'unread',
    'the list counts one unread message more',
    ({ client: { account } }) => {
      const { conversations } = account;
      const { get } = conversations;
      conversations.get = (id) => {
        const row = get.call(conversations, id);
        return row && Object.create(row, { unread: { value: row.unread + 1 } });
      };
    },
  ],
  [
    'recalled',
    'an open chat does not hear of recalls',
    (phone) => {
      phone.onChat = (chat) => {
        chat.recalled = () => undefined;
      };
    },
  ],
  [
    'deleted',
    'an open chat does not hear of deletions',
    (phone) => {
      phone.onChat = (chat) => {
        chat.deleted = () => undefined;
      };
    },
  ],
  [
    'thrown',
    'a tap fails with what is no ConnectionError',
    (phone) => {
      phone.onChat = (chat) => {
        chat.recall = () => Promise.reject(new TypeError('planted'));
      };
    },
  ],
];

test.each(PLANTED)(
  'planted, reported as %s: %s',
  async (expected, _, plant) => {
    const found = new Set<Class>();
    for (let seed = 1; seed <= 20 && !found.has(expected); seed++) {
      const { problems } = await playChat(chatStory(seed), { onPhone: plant });
      for (const each of problems) found.add(each.class);
    }
    expect([...found]).toContain(expected);
  },
  120_000,
);
