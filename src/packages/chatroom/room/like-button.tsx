import { View } from '@tarojs/components';
import { useEffect, useMemo } from 'react';
import { classes } from '@/components/ui/classes';
import { observer } from '@/components/page/observer';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { shortCount } from '../short-count';
import type { RoomStore } from '../stores/room-store';
import { chatroomTexts } from '../texts';

/** Taps within this time after the first are sent as one message: the server limits messages, not likes. */
const TOGETHER_MS = 500;

interface LikeButtonProps {
  room: RoomStore;
  /** The send button replaces it. */
  hidden: boolean;
}

/** A heart with the number of likes of all users. */
export const LikeButton = observer(function LikeButton({ room, hidden }: LikeButtonProps) {
  const { language } = useStores().settings;
  const t = useTexts(chatroomTexts);
  const taps = useMemo(() => new Taps((count) => room.sendLike(count)), [room]);
  useEffect(() => () => taps.dispose(), [taps]);
  const count = shortCount(room.feed.likes, language);
  return (
    <View
      className={classes('composer-tool', 'like', hidden && 'composer-no-send')}
      hoverClass="like-pressed"
      ariaRole="button"
      ariaLabel={t('room.like', { count })}
      onClick={taps.add}
    >
      <View className="like-count">{count}</View>
    </View>
  );
});

/** Sends the first tap at once, and the following taps together. */
class Taps {
  private waiting = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly send: (count: number) => void) {}

  readonly add = (): void => {
    this.waiting++;
    if (!this.timer) this.flush();
  };

  dispose(): void {
    clearTimeout(this.timer);
  }

  private readonly flush = (): void => {
    this.timer = undefined;
    if (this.waiting === 0) return;
    this.send(this.waiting);
    this.waiting = 0;
    this.timer = setTimeout(this.flush, TOGETHER_MS);
  };
}
