import { MemberRole } from '../connection/constants';
import type { Notice } from '../stores/notices';
import type { ChatroomKey, Say } from '../texts';
import { remaining } from './remaining';

/** A quiet line in the user's language: who came, who was muted and for how long. */
export function noticeText(notice: Notice, say: Say): string {
  const { kind, names, count, aboutMe, seconds, tag } = notice;
  const who =
    aboutMe && count === 1
      ? say('notice.you')
      : names.map((name) => say('notice.name', { name })).join(say('notice.and'));
  return say(keyOf(notice), { names: who, count, tag, time: remaining(seconds) });

  function keyOf({ role }: Notice): ChatroomKey {
    if (kind === 'entered' && count > names.length) return 'notice.enteredMany';
    if (kind === 'left' && count > names.length) return 'notice.leftMany';
    if (kind === 'roleChanged' && role === MemberRole.MANAGER) return 'notice.roleManager';
    if (kind === 'roleChanged' && role === MemberRole.NORMAL) return 'notice.roleNormal';
    return `notice.${kind}`;
  }
}
