import { View } from '@tarojs/components';
import { useEffect, useMemo } from 'react';
import { classes } from '@/components/classes';
import { observer } from '@/components/observer';
import { useStores } from '@/components/stores-context';
import { shortCount } from '../short-count';
import type { RoomStore } from '../stores/room-store';
import { useSay } from '../use-chatroom';

/** Taps within this time after the first go out as one message: the server limits messages, not likes. */
const TOGETHER_MS = 500;

interface LikeButtonProps {
  room: RoomStore;
  /** Its place is the send button's. */
  hidden: boolean;
}

/** A heart with the likes of everybody. */
export const LikeButton = observer(function LikeButton({ room, hidden }: LikeButtonProps) {
  const { language } = useStores().settings;
  const say = useSay();
  const taps = useMemo(() => new Taps((count) => room.sendLike(count)), [room]);
  useEffect(() => () => taps.dispose(), [taps]);
  const count = shortCount(room.talk.likes, language);
  return (
    <View
      className={classes('composer-tool', 'like', hidden && 'composer-no-send')}
      hoverClass="like-pressed"
      ariaRole="button"
      ariaLabel={say('room.like', { count })}
      onClick={taps.add}
    >
      <View className="like-count">{count}</View>
    </View>
  );
});

/** The first tap goes out at once, those that follow it together. */
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
