import { Switch, View } from '@tarojs/components';
import { useState } from 'react';
import { Avatar } from '@/components/avatar';
import { Cell } from '@/components/cell';
import { observer } from '@/components/observer';
import { useStores } from '@/components/stores-context';
import type { RoomStore } from '../index';
import type { Form } from '../people/form-sheet';
import { nameOf, roleText } from '../people/member-labels';
import { useSay } from '../people/use-say';
import { locationForm, profileForm, type RoomLocation, tagsForm } from './room-forms';

interface MyProfileProps {
  room: RoomStore;
  onForm: (form: Form) => void;
}

/** Me in this room: what the others see, which tags I have, where I am. */
export const MyProfile = observer(function MyProfile({ room, onForm }: MyProfileProps) {
  const say = useSay();
  const { settings } = useStores();
  const { member, tags } = room.me;
  const [keep, setKeep] = useState(false);
  const location = knownLocation(room.me.location);
  if (!member) return null;
  const isAnonymous = room.composer.kind === 'anonymous';
  const name = nameOf(member);
  return (
    <>
      <View className="about-title">{say('about.me')}</View>
      <View className="about-group about-first">
        <View
          className="about-me"
          hoverClass={isAnonymous ? 'none' : 'pressed'}
          ariaRole={isAnonymous ? 'none' : 'button'}
          onClick={() =>
            !isAnonymous && onForm(profileForm(member, keep, room, say, settings.language))
          }
        >
          <Avatar accountId={member.accountId} name={name} url={member.roomAvatar} />
          <View className="about-who">
            <View className="about-nick ellipsis">{name}</View>
            <View className="about-account ellipsis">
              {`${say(roleText(member.memberRole as number))} · ${member.accountId}`}
            </View>
          </View>
        </View>
        {!isAnonymous && (
          <>
            <View className="about-switch">
              <View className="about-switch-title">{say('about.keep')}</View>
              <Switch
                checked={keep}
                ariaLabel={say('about.keep')}
                onChange={({ detail }) => setKeep(detail.value)}
              />
            </View>
            <Cell
              title={say('about.tags')}
              value={tags.join(' ') || say('about.none')}
              onClick={() => onForm(tagsForm(room, say))}
            />
          </>
        )}
        <Cell
          title={say('about.location')}
          value={location ? locationText(location) : say('about.none')}
          onClick={() => onForm(locationForm(location, room, say))}
        />
      </View>
      {isAnonymous && <View className="about-note">{say('about.anonymous')}</View>}
    </>
  );
});

/** The server takes a location and gives none back: this is what was said of it. */
function knownLocation(said: RoomStore['me']['location']): RoomLocation | null {
  if (!said) return null;
  const { x = 0, y = 0, z = 0 } = said.locationInfo ?? {};
  return { x, y, z, distance: said.distance };
}

function locationText({ x, y, z, distance }: RoomLocation): string {
  return `${x}, ${y}, ${z} (${distance})`;
}
