import { renderToStaticMarkup } from 'react-dom/server';
import { StoresProvider } from '@/components/page/stores-context';
import { readersRoute } from '@/packages/chat/readers/readers-route';
import { RowState } from '@/packages/chat/row-state';
import type { ChatActions } from '@/packages/chat/chat-actions';
import type { Language, MessageRow, RootStore } from '@/stores';

jest.mock('@tarojs/taro', () => ({}));
jest.mock('@tarojs/components', () => ({ View: 'x-view' }));

interface State {
  language?: Language;
  readMarks?: boolean;
  status?: string;
  read?: boolean;
  count?: readonly [read: number, unread: number];
}

function draw({
  language = 'en',
  readMarks = true,
  status = 'sent',
  read = false,
  count,
}: State): string {
  const root = { settings: { language, readMarks } } as unknown as RootStore;
  const row = { messageClientId: 'm1', status, read } as unknown as MessageRow;
  const of = () => count && { read: count[0], unread: count[1] };
  const actions = { extras: { acts: { readCounts: { of } } } } as unknown as ChatActions;
  const markup = renderToStaticMarkup(
    <StoresProvider root={root}>
      <RowState row={row} actions={actions} />
    </StoresProvider>,
  );
  const [, name = '', text = ''] = /class(?:Name)?="([^"]*)"[^>]*>([^<]*)</i.exec(markup) ?? [];
  return `${name}: ${text}`;
}

describe('the state beside an own message', () => {
  test('is the number of readers in a team', () => {
    expect(draw({ count: [0, 3] })).toBe('read reads: 3 unread');
    expect(draw({ count: [2, 1] })).toBe('read reads: 2 read');
    expect(draw({ count: [3, 0] })).toBe('read reads: All read');
    expect(draw({ count: [2, 1], language: 'zh-CN' })).toBe('read reads: 2 人已读');
  });

  test('is sending, failed, sent or read without a count', () => {
    expect(draw({ status: 'sending', count: [0, 3] })).toBe('spinner: ');
    expect(draw({ status: 'failed', count: [0, 3] })).toBe('failed: ');
    expect(draw({})).toBe('sent: ');
    expect(draw({ read: true })).toBe('read: Read');
  });

  test('says nothing of readers while read marks are off', () => {
    expect(draw({ readMarks: false, count: [2, 1] })).toBe('sent: ');
    expect(draw({ readMarks: false, read: true })).toBe('sent: ');
  });
});

test('the address of the page of readers keeps the conversation and both ids', () => {
  const refer = { conversationId: 'me|2|7', messageClientId: 'c1', messageServerId: '77' };
  expect(readersRoute(refer)).toBe(
    '/packages/chat/readers/index?conversationId=me%7C2%7C7&message=c1&server=77',
  );
});
