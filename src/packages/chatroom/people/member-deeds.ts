import { choose, toast } from '@/components/dialogs';
import type { Language } from '@/i18n';
import type { RoomMember, RoomStore } from '../index';
import { confirm } from './ask';
import { atMost, LIMITS } from './checks';
import type { Form } from './form-sheet';
import type { CardAction } from './member-actions';
import type { MemberCard } from './member-card';
import { nameOf } from './member-labels';
import { MUTE_CHOICES, secondsOfMinutes } from './mute-time';
import { seatOf, seatValue } from './seat';
import type { Say } from './texts';

interface Circumstances {
  room: Pick<RoomStore, 'members' | 'queue'>;
  card: MemberCard;
  say: Say;
  language: Language;
  /** Puts the card away: who it is about has gone. */
  close: () => void;
}

/** Asks what there is to ask and does it. Returns a form when there is more to ask than a sheet of WeChat's can. */
export async function perform(
  action: CardAction,
  member: RoomMember,
  circumstances: Circumstances,
): Promise<Form | undefined> {
  const { room, card, say, language, close } = circumstances;
  const { members, queue } = room;
  switch (action) {
    case 'mute':
    case 'unmute':
      await card.act(() => members.setMuted(member, action === 'mute'));
      return undefined;
    case 'tempMute': {
      const choice = await choose(MUTE_CHOICES, ({ text }) => say(text), language);
      if (!choice) return undefined;
      const { seconds } = choice;
      if (seconds === 'custom') return muteForm(member, circumstances);
      await card.act(() => members.setTempMuted(member, seconds));
      return undefined;
    }
    case 'endTempMute':
      await card.act(() => members.setTempMuted(member, 0));
      return undefined;
    case 'makeManager':
      await card.act(() => members.setRole(member, 'manager'));
      return undefined;
    case 'unmakeManager':
    case 'makeMember':
      await card.act(() => members.setRole(member, 'normal'));
      return undefined;
    case 'unmakeMember':
      await card.act(() => members.setRole(member, 'guest'));
      return undefined;
    case 'seat': {
      const { accountId } = member;
      await card.act(() => queue.offer(accountId, seatValue(member), { ownerId: accountId }));
      return undefined;
    }
    case 'unseat': {
      const seat = seatOf(queue, member.accountId);
      if (seat) await card.act(() => queue.poll(seat.key));
      return undefined;
    }
    case 'kick':
      return kickForm(member, circumstances);
    case 'block': {
      const title = say('block.title', { name: nameOf(member) });
      if (!(await confirm(say, title, say('block.note')))) return undefined;
      if (!(await card.act(() => members.setBlocked(member, true)))) return undefined;
      toast(say('card.blocked'));
      close();
      return undefined;
    }
    case 'unblock':
      await card.act(() => members.setBlocked(member, false));
      return undefined;
  }
}

function muteForm(member: RoomMember, { room, card, say }: Circumstances): Form {
  return {
    title: say('mute.customTitle'),
    confirm: say('form.confirm'),
    fields: [
      {
        name: 'duration',
        label: say('mute.minutes'),
        kind: 'number',
        check: (typed) => (secondsOfMinutes(typed) === null ? say('mute.range') : undefined),
      },
    ],
    submit: async ({ duration = '' }) => {
      await room.members.setTempMuted(member, secondsOfMinutes(duration) ?? 0);
      await card.load();
    },
  };
}

/** The form is the confirmation as well. */
function kickForm(member: RoomMember, { room, say, close }: Circumstances): Form {
  return {
    title: say('kick.title'),
    note: say('kick.note', { name: nameOf(member) }),
    confirm: say('card.kick'),
    severe: true,
    fields: [
      {
        name: 'notificationExtension',
        label: say('kick.reason'),
        hint: say('kick.reasonHint'),
        limit: LIMITS.notificationExtension,
        check: atMost(LIMITS.notificationExtension),
      },
    ],
    submit: async ({ notificationExtension }) => {
      await room.members.kick(member, notificationExtension?.trim() || undefined);
      toast(say('card.kicked'));
      close();
    },
  };
}
