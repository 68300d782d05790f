import { Switch, View } from '@tarojs/components';
import { useState } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { Cell } from '@/components/ui/cell';
import { observer } from '@/components/page/observer';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import type { RoomStore } from '../index';
import type { Form } from '../people/form-sheet';
import { nameOf, roleText } from '../people/member-labels';
import { locationForm, profileForm, type RoomLocation, tagsForm } from './room-forms';
import { peopleTexts } from '../people/texts';

interface MyProfileProps {
  room: RoomStore;
  onForm: (form: Form) => void;
}

/** My profile in this room: the fields that others see, my tags, my location. */
export const MyProfile = observer(function MyProfile({ room, onForm }: MyProfileProps) {
  const t = useTexts(peopleTexts);
  const { settings } = useStores();
  const { member, tags } = room.me;
  const [keep, setKeep] = useState(false);
  const location = knownLocation(room.me.location);
  if (!member) return null;
  const isAnonymous = room.composer.kind === 'anonymous';
  const name = nameOf(member);
  return (
    <>
      <View className="about-title">{t('about.me')}</View>
      <View className="about-group about-first">
        <View
          className="about-me"
          hoverClass={isAnonymous ? 'none' : 'pressed'}
          ariaRole={isAnonymous ? 'none' : 'button'}
          onClick={() =>
            !isAnonymous && onForm(profileForm(member, keep, room, t, settings.language))
          }
        >
          <Avatar accountId={member.accountId} name={name} url={member.roomAvatar} />
          <View className="about-who">
            <View className="about-nick ellipsis">{name}</View>
            <View className="about-account ellipsis">
              {`${t(roleText(member.memberRole as number))} · ${member.accountId}`}
            </View>
          </View>
        </View>
        {!isAnonymous && (
          <>
            <View className="about-switch">
              <View className="about-switch-title">{t('about.keep')}</View>
              <Switch
                checked={keep}
                ariaLabel={t('about.keep')}
                onChange={({ detail }) => setKeep(detail.value)}
              />
            </View>
            <Cell
              title={t('about.tags')}
              value={tags.join(' ') || t('about.none')}
              onClick={() => onForm(tagsForm(room, t))}
            />
          </>
        )}
        <Cell
          title={t('about.location')}
          value={location ? locationText(location) : t('about.none')}
          onClick={() => onForm(locationForm(location, room, t))}
        />
      </View>
      {isAnonymous && <View className="about-note">{t('about.anonymous')}</View>}
    </>
  );
});

/** The last location sent: the server accepts a location and never returns it. */
function knownLocation(sent: RoomStore['me']['location']): RoomLocation | null {
  if (!sent) return null;
  const { x = 0, y = 0, z = 0 } = sent.locationInfo ?? {};
  return { x, y, z, distance: sent.distance };
}

function locationText({ x, y, z, distance }: RoomLocation): string {
  return `${x}, ${y}, ${z} (${distance})`;
}
