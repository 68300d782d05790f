import { choose, toast } from '@/components/page/dialogs';
import type { Language } from '@/i18n';
import type { RoomMember, RoomStore } from '../index';
import { confirm } from './dialogs';
import { atMost, LIMITS } from './validators';
import type { Form } from './form-sheet';
import type { CardAction } from './member-actions';
import type { MemberCard } from './member-card';
import { nameOf } from './member-labels';
import { MUTE_CHOICES, secondsOfMinutes } from './mute-time';
import { seatOf, seatValue } from './seat';
import type { PeopleTexts } from './texts';

interface ActionContext {
  room: Pick<RoomStore, 'members' | 'queue'>;
  card: MemberCard;
  t: PeopleTexts;
  language: Language;
  /** Closes the card after its member is gone. */
  close: () => void;
}

/**
 * Asks for confirmation or values and runs the action. Returns a form when the input needs more than a sheet
 * of WeChat's.
 */
export async function runMemberAction(
  action: CardAction,
  member: RoomMember,
  context: ActionContext,
): Promise<Form | undefined> {
  const { room, card, t, language, close } = context;
  const { members, queue } = room;
  switch (action) {
    case 'mute':
    case 'unmute':
      await card.runAction(() => members.setMuted(member, action === 'mute'));
      return undefined;
    case 'tempMute': {
      const choice = await choose(MUTE_CHOICES, ({ text }) => t(text), language);
      if (!choice) return undefined;
      const { seconds } = choice;
      if (seconds === 'custom') return muteForm(member, context);
      await card.runAction(() => members.setTempMuted(member, seconds));
      return undefined;
    }
    case 'endTempMute':
      await card.runAction(() => members.setTempMuted(member, 0));
      return undefined;
    case 'makeManager':
      await card.runAction(() => members.setRole(member, 'manager'));
      return undefined;
    case 'unmakeManager':
    case 'makeMember':
      await card.runAction(() => members.setRole(member, 'normal'));
      return undefined;
    case 'unmakeMember':
      await card.runAction(() => members.setRole(member, 'guest'));
      return undefined;
    case 'seat': {
      const { accountId } = member;
      await card.runAction(() => queue.offer(accountId, seatValue(member), { ownerId: accountId }));
      return undefined;
    }
    case 'unseat': {
      const seat = seatOf(queue, member.accountId);
      if (seat) await card.runAction(() => queue.poll(seat.key));
      return undefined;
    }
    case 'kick':
      return kickForm(member, context);
    case 'block': {
      const title = t('block.title', { name: nameOf(member) });
      if (!(await confirm(t, title, t('block.note')))) return undefined;
      if (!(await card.runAction(() => members.setBlocked(member, true)))) return undefined;
      toast(t('card.blocked'));
      close();
      return undefined;
    }
    case 'unblock':
      await card.runAction(() => members.setBlocked(member, false));
      return undefined;
  }
}

function muteForm(member: RoomMember, { room, card, t }: ActionContext): Form {
  return {
    title: t('mute.customTitle'),
    confirm: t('form.confirm'),
    fields: [
      {
        name: 'duration',
        label: t('mute.minutes'),
        kind: 'number',
        check: (typed) => (secondsOfMinutes(typed) === null ? t('mute.range') : undefined),
      },
    ],
    submit: async ({ duration = '' }) => {
      await room.members.setTempMuted(member, secondsOfMinutes(duration) ?? 0);
      await card.load();
    },
  };
}

/** The form also serves as the confirmation. */
function kickForm(member: RoomMember, { room, t, close }: ActionContext): Form {
  return {
    title: t('kick.title'),
    note: t('kick.note', { name: nameOf(member) }),
    confirm: t('card.kick'),
    severe: true,
    fields: [
      {
        name: 'notificationExtension',
        label: t('kick.reason'),
        hint: t('kick.reasonHint'),
        limit: LIMITS.notificationExtension,
        check: atMost(LIMITS.notificationExtension),
      },
    ],
    submit: async ({ notificationExtension }) => {
      await room.members.kick(member, notificationExtension?.trim() || undefined);
      toast(t('card.kicked'));
      close();
    },
  };
}
