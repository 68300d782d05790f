import { renderToStaticMarkup } from 'react-dom/server';
import { StoresProvider } from '@/components/page/stores-context';
import { UnreadPills, walkOf } from '@/packages/chat/unread-pills';
import type { AccountStores, Chat, Language, RootStore } from '@/stores';

jest.mock('@tarojs/taro', () => ({}));
jest.mock('@tarojs/components', () => ({ View: 'x-view' }));

function draw(language: Language, counted: number, mentions: number): string {
  const account = {
    connection: {
      services: { conversation: { getConversationReadTime: () => Promise.resolve(0) } },
    },
    conversations: {
      get: () => ({ counted }),
      unreadCounts: {
        mentions: () =>
          Array.from({ length: mentions }, (_, i) => ({ messageClientId: `m${i}`, createTime: i })),
      },
    },
  } as unknown as AccountStores;
  const chat = { conversationId: 'me|2|7', history: [], live: [] } as unknown as Chat;
  return renderToStaticMarkup(
    <StoresProvider root={{ settings: { language } } as unknown as RootStore}>
      <UnreadPills chat={chat} walk={walkOf(account, chat)} />
    </StoresProvider>,
  );
}

/** The texts of the buttons that are shown. */
const shown = (markup: string) =>
  [...markup.matchAll(/"unread-pill"[^>]*>([^<]*)</g)].map(([, text]) => text);

describe('the buttons of a chat with many unread messages', () => {
  test('say the number of messages and of mentions', () => {
    expect(shown(draw('zh-CN', 120, 1))).toEqual(['120 条新消息', '1 条@我']);
    expect(shown(draw('en', 120, 1))).toEqual(['120 new messages', '1 mention']);
  });

  test('are hidden without a mention, and while all messages are on the first screen', () => {
    expect(shown(draw('zh-CN', 120, 0))).toEqual(['120 条新消息']);
    const few = draw('zh-CN', 10, 3);
    expect(shown(few)).toEqual([]);
    expect(few.match(/unread-off/g)).toHaveLength(2);
  });
});
