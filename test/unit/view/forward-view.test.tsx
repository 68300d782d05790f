import { renderToStaticMarkup } from 'react-dom/server';
import { StoresProvider } from '@/components/page/stores-context';
import { forwardRequests } from '@/packages/chat/forward/forward';
import { ForwardView } from '@/packages/chat/forward/forward-view';
import type { MessageRow, RootStore } from '@/stores';
import { message } from '../stores/fakes/builders';

jest.mock('@/components/people/friend-list.scss', () => ({}));
jest.mock('@/packages/chat/forward/forward.scss', () => ({}));
jest.mock('@tarojs/taro', () => ({
  nextTick: () => undefined,
  getCurrentPages: () => [],
  getWindowInfo: () => ({ windowWidth: 375, windowHeight: 667 }),
}));
jest.mock('@tarojs/components', () => ({
  View: 'div',
  Image: 'img',
  Input: 'input',
  ScrollView: 'section',
}));

const root = {
  settings: { language: 'zh-CN' },
  account: {
    accountId: 'me',
    titleOf: () => '骑行',
    closedOf: () => null,
    contacts: { friends: [{ accountId: 'zoe', name: 'Zoe', avatar: '' }] },
    conversations: {
      rows: [{ conversationId: 'me|2|7', targetId: '7', isP2p: false, name: '7', avatar: '' }],
      conversationIdWith: (id: string) => `me|1|${id}`,
    },
    connection: { services: { team: { getJoinedTeamList: () => Promise.resolve([]) } } },
  },
} as unknown as RootStore;

// React's HTML does not know the attributes of WeChat's components.
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation(() => undefined));

/** The page for these texts. */
function draw(texts: readonly string[], way: 'oneByOne' | 'merged'): string {
  forwardRequests.current = {
    conversationId: 'me|2|7',
    rows: texts.map((text) => ({ message: message({ text }) }) as MessageRow),
    way,
    onSent: () => undefined,
  };
  return renderToStaticMarkup(
    <StoresProvider root={root}>
      <ForwardView />
    </StoresProvider>,
  );
}

test('the page lists chats and friends with a label each, and sends to none before one is chosen', () => {
  const page = draw(['hello'], 'oneByOne');
  expect(page).toMatch(/最近聊天.*ariaLabel="骑行".*联系人.*ariaLabel="Zoe"/s);
  expect(page).toContain('转发：hello');
  expect(page).toMatch(/button-disabled[^>]*>发送（0）/);
});

test('the page says what is forwarded', () => {
  expect(draw(['a', 'b'], 'oneByOne')).toContain('逐条转发 2 条消息');
  expect(draw(['a', 'b'], 'merged')).toContain('合并转发：骑行的聊天记录（2 条）');
});
