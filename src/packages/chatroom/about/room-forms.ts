import type { RoomEdit, RoomInfo, RoomMember, RoomStore } from '../index';
import { toast } from '@/components/dialogs';
import type { Language } from '@/i18n';
import {
  aDistance,
  address,
  all,
  aNumber,
  atMost,
  type Check,
  LIMITS,
  parseTags,
  required,
} from '../people/checks';
import type { Form, FormField } from '../people/form-sheet';
import { secondsOfMinutes } from '../people/mute-time';
import type { PeopleKey, Say } from '../people/texts';
import { chooseImages } from '../room/choose-images';

interface Editable {
  readonly label: PeopleKey;
  readonly kind?: FormField['kind'];
  readonly check: Check;
}

/** What managers change of a room, one thing at a time. */
const EDITABLE: Readonly<Record<keyof RoomEdit, Editable>> = {
  roomName: { label: 'about.name', check: all(required, atMost(LIMITS.roomName)) },
  announcement: { label: 'about.announcement', kind: 'long', check: atMost(LIMITS.announcement) },
  liveUrl: {
    label: 'about.live',
    check: all(
      address('https://', 'http://', 'rtmp://', 'rtmps://', 'webrtc://'),
      atMost(LIMITS.liveUrl),
    ),
  },
  serverExtension: {
    label: 'about.extension',
    kind: 'long',
    check: atMost(LIMITS.serverExtension),
  },
};

export function editForm(what: keyof RoomEdit, info: RoomInfo, room: RoomStore, say: Say): Form {
  const { label, kind = 'text', check } = EDITABLE[what];
  return {
    title: say(label),
    fields: [
      { name: what, label: say(label), initial: info[what], kind, limit: LIMITS[what], check },
    ],
    submit: async (typed) => {
      const text = (typed[what] ?? '').trim();
      if (text !== info[what]) await room.edit({ [what]: text });
      toast(say('form.saved'));
    },
  };
}

export function muteTagForm({ members }: RoomStore, say: Say): Form {
  return {
    title: say('about.muteTag'),
    note: say('about.muteTagNote'),
    confirm: say('form.confirm'),
    fields: [
      { name: 'targetTag', label: say('about.tag'), check: required },
      {
        name: 'duration',
        label: say('mute.minutes'),
        kind: 'number',
        check: (typed) =>
          secondsOfMinutes(typed, 0) === null ? say('mute.rangeOrNone') : undefined,
      },
    ],
    submit: async ({ targetTag = '', duration = '' }) => {
      const seconds = secondsOfMinutes(duration, 0) ?? 0;
      await members.muteTag(targetTag.trim(), seconds);
      toast(say(seconds > 0 ? 'about.tagMuted' : 'about.tagUnmuted'));
    },
  };
}

/** `persistence`: kept for the next visit. */
export function profileForm(
  member: RoomMember,
  persistence: boolean,
  room: RoomStore,
  say: Say,
  language: Language,
): Form {
  return {
    title: say('about.me'),
    fields: [
      {
        name: 'roomNick',
        label: say('about.nick'),
        initial: member.roomNick ?? '',
        limit: LIMITS.roomNick,
        check: all(required, atMost(LIMITS.roomNick)),
      },
      {
        name: 'roomAvatar',
        label: say('about.avatar'),
        initial: member.roomAvatar ?? '',
        limit: LIMITS.roomAvatar,
        check: all(address('https://', 'http://'), atMost(LIMITS.roomAvatar)),
        fill: {
          label: say('about.choosePicture'),
          busy: say('about.uploading'),
          run: async () => {
            const [picture] = await chooseImages(language, 1);
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
      toast(say('form.saved'));
    },
  };
}

export function tagsForm(room: RoomStore, say: Say): Form {
  return {
    title: say('about.tags'),
    fields: [{ name: 'tags', label: say('about.tagsField'), initial: room.me.tags.join(', ') }],
    submit: async ({ tags = '' }) => {
      await room.updateTags(parseTags(tags));
      toast(say('form.saved'));
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

export function locationForm(known: RoomLocation | null, room: RoomStore, say: Say): Form {
  const now: RoomLocation = known ?? { x: 0, y: 0, z: 0, distance: 0 };
  return {
    title: say('about.location'),
    note: say('about.locationNote'),
    fields: [
      ...AXES.map((axis) => ({
        name: axis,
        label: axis.toUpperCase(),
        initial: String(now[axis]),
        check: aNumber,
      })),
      {
        name: 'distance',
        label: say('about.distance'),
        initial: String(now.distance),
        check: aDistance,
      },
    ],
    submit: async (typed) => {
      const [x = 0, y = 0, z = 0] = AXES.map((axis) => Number(typed[axis]));
      const distance = Number(typed['distance']);
      await room.updateLocation({ locationInfo: { x, y, z }, distance });
      toast(say('form.saved'));
    },
  };
}
