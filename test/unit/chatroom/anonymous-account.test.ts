import { memoryStorage } from '../fakes/memory-storage';
import { anonymousAccount } from '@/packages/chatroom/connection/anonymous-account';

test('a guest keeps the same account name', () => {
  const kept = new Map<string, string>();
  const storage = memoryStorage(kept);
  const first = anonymousAccount(storage, () => 0.5);
  expect(first).toMatch(/^nimanon_[0-9a-f]{32}$/);
  expect(anonymousAccount(storage, () => 0.1)).toBe(first);
});
