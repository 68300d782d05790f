import { StorageNotice } from '@/stores/app/storage-notice';
import { fakePlatform } from './fakes/fake-connection';

describe('StorageNotice', () => {
  test('is due once in each start, with the first refusal', () => {
    const { platform, refuseStorage } = fakePlatform();
    const notice = new StorageNotice(platform.storage);
    platform.storage.set('a', '1');
    expect(notice.isDue).toBe(false);
    refuseStorage((operation) => operation === 'set');
    platform.storage.set('a', '2');
    expect(notice.isDue).toBe(true);
    notice.dismiss();
    platform.storage.set('b', '2');
    expect(notice.isDue).toBe(false);
  });

  test('is due for a refusal before its creation', () => {
    const { platform, refuseStorage } = fakePlatform();
    refuseStorage(() => true);
    platform.storage.get('a');
    expect(new StorageNotice(platform.storage).isDue).toBe(true);
  });
});
