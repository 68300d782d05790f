import { Image, View } from '@tarojs/components';
import { useMemo } from 'react';
import { useTexts } from '@/components/page/use-texts';
import { classes } from '@/components/ui/classes';
import { AVATARS, avatarPicture } from './avatar-pictures';
import { dataUrlOf } from '@/components/code/png';
import { teamTexts } from './texts';

/** Pixels of a picture in the row: five pictures are 8 KB of setData. */
const SIDE = 48;

interface AvatarChoiceProps {
  /** The index of the chosen picture; null for none. */
  chosen: number | null;
  onChoose: (index: number) => void;
}

/** The pictures for a team that the app draws, in a row. */
export function AvatarChoice({ chosen, onChoose }: AvatarChoiceProps) {
  const t = useTexts(teamTexts);
  const pictures = useMemo(
    () => Array.from({ length: AVATARS }, (_, index) => dataUrlOf(avatarPicture(index, SIDE))),
    [],
  );
  return (
    <View className="tm-avatars">
      {pictures.map((picture, index) => (
        <View
          key={picture}
          className={classes('tm-avatar', index === chosen && 'tm-avatar-on')}
          ariaRole="button"
          ariaLabel={t(index === chosen ? 'avatar.on' : 'avatar.number', { number: index + 1 })}
          onClick={() => onChoose(index)}
        >
          <Image className="tm-avatar-picture" src={picture} />
        </View>
      ))}
    </View>
  );
}
