import { MemberRole } from '../connection/constants';
import type { Notice } from '../stores/notices';
import type { ChatroomKey, ChatroomTexts } from '../texts';
import { remaining } from './countdown-text';

/** The text of a notice in the user's language: who entered, who was muted and for how long. */
export function noticeText(notice: Notice, t: ChatroomTexts): string {
  const { kind, names, count, aboutMe, seconds, tag } = notice;
  const who =
    aboutMe && count === 1
      ? t('notice.you')
      : names.map((name) => t('notice.name', { name })).join(t('notice.and'));
  return t(keyOf(notice), { names: who, count, tag, time: remaining(seconds) });

  function keyOf({ role }: Notice): ChatroomKey {
    if (kind === 'entered' && count > names.length) return 'notice.enteredMany';
    if (kind === 'left' && count > names.length) return 'notice.leftMany';
    if (kind === 'roleChanged' && role === MemberRole.MANAGER) return 'notice.roleManager';
    if (kind === 'roleChanged' && role === MemberRole.NORMAL) return 'notice.roleNormal';
    return `notice.${kind}`;
  }
}
