import { tellFailure } from '@/components/page/dialogs';
import type { Language } from '@/i18n';
import type { TeamActs } from '@/stores/teams/team-acts';
import { avatarPicture } from './avatar-pictures';
import { pictureFile } from '@/components/code/picture-file';

/** Pixels of an uploaded picture: 29 KB. */
const SIDE = 240;

/**
 * Uploads a drawn picture, so that every client of the team can show it. Resolves to its address; null when it could
 * not be written to the device, which is shown.
 * @throws ConnectionError
 */
export async function uploadDrawn(
  acts: TeamActs,
  index: number,
  language: Language,
): Promise<string | null> {
  const file = await pictureFile(avatarPicture(index, SIDE), 'team-avatar.png');
  if (file.ok) return await acts.uploadAvatar(file.value);
  tellFailure(file.failure, language);
  return null;
}
