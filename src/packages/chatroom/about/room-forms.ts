import type { RoomEdit, RoomInfo, RoomMember, RoomStore } from '../index';
import { toast } from '@/components/page/dialogs';
import type { Language } from '@/i18n';
import {
  aDistance,
  addressWithScheme,
  firstProblemOf,
  aNumber,
  atMost,
  type Check,
  LIMITS,
  parseTags,
  required,
} from '../people/validators';
import type { Form, FormField } from '../people/form-sheet';
import { secondsOfMinutes } from '../people/mute-time';
import type { PeopleKey, PeopleTexts } from '../people/texts';
import { choosePicture } from '@/components/composer/choose-media';

interface Editable {
  readonly label: PeopleKey;
  readonly kind?: FormField['kind'];
  readonly check: Check;
}

/** The fields of a room that managers change, each in a form of its own. */
const EDITABLE: Readonly<Record<keyof RoomEdit, Editable>> = {
  roomName: { label: 'about.name', check: firstProblemOf(required, atMost(LIMITS.roomName)) },
  announcement: { label: 'about.announcement', kind: 'long', check: atMost(LIMITS.announcement) },
  liveUrl: {
    label: 'about.live',
    check: firstProblemOf(
      addressWithScheme('https://', 'http://', 'rtmp://', 'rtmps://', 'webrtc://'),
      atMost(LIMITS.liveUrl),
    ),
  },
  serverExtension: {
    label: 'about.extension',
    kind: 'long',
    check: atMost(LIMITS.serverExtension),
  },
};

export function editForm(
  what: keyof RoomEdit,
  info: RoomInfo,
  room: RoomStore,
  t: PeopleTexts,
): Form {
  const { label, kind = 'text', check } = EDITABLE[what];
  return {
    title: t(label),
    fields: [
      { name: what, label: t(label), initial: info[what], kind, limit: LIMITS[what], check },
    ],
    submit: async (typed) => {
      const text = (typed[what] ?? '').trim();
      if (text !== info[what]) await room.edit({ [what]: text });
      toast(t('form.saved'));
    },
  };
}

export function muteTagForm({ members }: RoomStore, t: PeopleTexts): Form {
  return {
    title: t('about.muteTag'),
    note: t('about.muteTagNote'),
    confirm: t('form.confirm'),
    fields: [
      { name: 'targetTag', label: t('about.tag'), check: required },
      {
        name: 'duration',
        label: t('mute.minutes'),
        kind: 'number',
        check: (typed) => (secondsOfMinutes(typed, 0) === null ? t('mute.rangeOrNone') : undefined),
      },
    ],
    submit: async ({ targetTag = '', duration = '' }) => {
      const seconds = secondsOfMinutes(duration, 0) ?? 0;
      await members.muteTag(targetTag.trim(), seconds);
      toast(t(seconds > 0 ? 'about.tagMuted' : 'about.tagUnmuted'));
    },
  };
}

/** `persistence`: keep the profile for the next visit. */
export function profileForm(
  member: RoomMember,
  persistence: boolean,
  room: RoomStore,
  t: PeopleTexts,
  language: Language,
): Form {
  return {
    title: t('about.me'),
    fields: [
      {
        name: 'roomNick',
        label: t('about.nick'),
        initial: member.roomNick ?? '',
        limit: LIMITS.roomNick,
        check: firstProblemOf(required, atMost(LIMITS.roomNick)),
      },
      {
        name: 'roomAvatar',
        label: t('about.avatar'),
        initial: member.roomAvatar ?? '',
        limit: LIMITS.roomAvatar,
        check: firstProblemOf(addressWithScheme('https://', 'http://'), atMost(LIMITS.roomAvatar)),
        fill: {
          label: t('about.choosePicture'),
          busy: t('about.uploading'),
          run: async () => {
            const picture = await choosePicture(language);
            return picture && (await room.uploadAvatar(picture));
          },
        },
      },
    ],
    submit: async ({ roomNick = '', roomAvatar = '' }) => {
      await room.updateMe({
        roomNick: roomNick.trim(),
        roomAvatar: roomAvatar.trim(),
        persistence,
      });
      toast(t('form.saved'));
    },
  };
}

export function tagsForm(room: RoomStore, t: PeopleTexts): Form {
  return {
    title: t('about.tags'),
    fields: [{ name: 'tags', label: t('about.tagsField'), initial: room.me.tags.join(', ') }],
    submit: async ({ tags = '' }) => {
      await room.updateTags(parseTags(tags));
      toast(t('form.saved'));
    },
  };
}

export interface RoomLocation {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly distance: number;
}

const AXES = ['x', 'y', 'z'] as const;

export function locationForm(known: RoomLocation | null, room: RoomStore, t: PeopleTexts): Form {
  const now: RoomLocation = known ?? { x: 0, y: 0, z: 0, distance: 0 };
  return {
    title: t('about.location'),
    note: t('about.locationNote'),
    fields: [
      ...AXES.map((axis) => ({
        name: axis,
        label: axis.toUpperCase(),
        initial: String(now[axis]),
        check: aNumber,
      })),
      {
        name: 'distance',
        label: t('about.distance'),
        initial: String(now.distance),
        check: aDistance,
      },
    ],
    submit: async (typed) => {
      const [x = 0, y = 0, z = 0] = AXES.map((axis) => Number(typed[axis]));
      const distance = Number(typed['distance']);
      await room.updateLocation({ locationInfo: { x, y, z }, distance });
      toast(t('form.saved'));
    },
  };
}
