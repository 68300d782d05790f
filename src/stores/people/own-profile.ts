import { answered } from '@/connection';
import type { Clock } from '@/platform';
import type { V2NIMUserUpdateParams } from '@/sdk/types';
import type { AccountStores } from '../session/account';
import { uploadFile } from '../messages/upload-file';

/**
 * Changes the own profile on the server. The SDK announces the change here and on other clients of the account.
 * @throws ConnectionError
 */
export async function changeProfile(
  { connection }: AccountStores,
  changes: V2NIMUserUpdateParams,
  clock: Clock,
): Promise<void> {
  await answered(clock, () => connection.services.user.updateSelfUserProfile(changes));
}

/**
 * Uploads a picture and makes it the own avatar.
 * @throws ConnectionError
 */
export async function changeAvatar(
  account: AccountStores,
  file: string | File,
  clock: Clock,
): Promise<void> {
  const avatar = await uploadFile(account.connection, clock, file);
  await changeProfile(account, { avatar }, clock);
}
