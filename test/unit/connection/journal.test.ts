import { Journal, redact } from '@/connection';
import { FakeClock } from '../fakes/fake-clock';

describe('the journal', () => {
  it('keeps the newest 300 entries, oldest first', () => {
    const clock = new FakeClock();
    const journal = new Journal(clock);
    for (let entry = 1; entry <= 1000; entry++) journal.record('test', `entry ${entry}`);
    const texts = journal.entries().map(({ text }) => text);
    expect(texts).toHaveLength(300);
    expect([texts[0], texts[299]]).toEqual(['entry 701', 'entry 1000']);
  });

  it('cuts long meaningless words in every entry', () => {
    const journal = new Journal(new FakeClock());
    const secret = 'abcdefghijklmnopqrstuvwxyzabcdef';
    journal.record('link', `302 token ${secret} is wrong`);
    expect(journal.entries()[0]?.text).toBe('302 token [redacted] is wrong');
  });
});

describe('redact', () => {
  it.each([
    'onReceiveP2PMessageReadReceipts',
    'onMessageDeletedNotifications',
    'onTotalUnreadCountChangedByFilter',
  ])('keeps the event name %s', (name) => {
    expect(redact(`message ${name}: text.replace is not a function`)).toBe(
      `message ${name}: text.replace is not a function`,
    );
  });

  it.each([
    'onlylowercaselettersaftertheon',
    'onABCDEFGHIJKLMNOPQRSTUVWXYZ',
    'onReceiveP2PMessage4ReadReceipts',
    'onReceive_MessageReadReceipts',
    'aonReceiveP2PMessageReadReceipts',
    'eyJhbGciOiJIUzI1NiJ9eyJzdWIi',
    'd41d8cd98f00b204e9800998ecf8427e',
  ])('cuts %s', (word) => {
    expect(redact(`x ${word} y`)).toBe('x [redacted] y');
  });
});
