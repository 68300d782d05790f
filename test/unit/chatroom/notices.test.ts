import { foldNotices, noticeOf } from '@/packages/chatroom/stores/notices';
import { notice } from './fakes/fake-room';

describe('notices', () => {
  it('have the names of their targets, and a flag for the user', () => {
    const line = noticeOf(
      notice(8, { targetIds: ['me'], targetNicks: ['Me'], tempChatBannedDuration: 60 }),
      'me',
    );
    expect(line).toMatchObject({
      kind: 'tempMuted',
      names: ['Me'],
      operator: 'ANNA',
      aboutMe: true,
      seconds: 60,
    });
  });

  it('with their own place in the view have no line', () => {
    for (const type of [10, 11, 16, 17]) expect(noticeOf(notice(type), 'me')).toBeNull();
  });

  it('fold into a single line with two names and a count', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((senderId) =>
      noticeOf(notice(0, {}, { senderId }), 'me'),
    );
    if (!a || !b || !c) throw new Error('they have lines');
    expect(foldNotices(foldNotices(a, b), c)).toMatchObject({ names: ['A', 'B'], count: 3 });
  });
});
