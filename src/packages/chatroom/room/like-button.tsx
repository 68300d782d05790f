import { View } from '@tarojs/components';
import { useEffect, useMemo } from 'react';
import { observer } from '@/components/observer';
import { useStores } from '@/components/stores-context';
import { shortCount } from '../short-count';
import type { RoomStore } from '../stores/room-store';
import { useSay } from '../use-chatroom';

/** Taps within this time go out as one message: the server limits messages, not likes. */
const TOGETHER_MS = 500;

/** A heart over the list's lower edge, with the likes of everybody. */
export const LikeButton = observer(function LikeButton({ room }: { room: RoomStore }) {
  const { language } = useStores().settings;
  const say = useSay();
  const taps = useMemo(() => new Taps((count) => room.sendLike(count)), [room]);
  useEffect(() => () => taps.dispose(), [taps]);
  const count = shortCount(room.talk.likes, language);
  const isOpen = room.composer.kind === 'open';
  return (
    <View className="like-place">
      <View
        className={isOpen ? 'like' : 'like like-closed'}
        hoverClass="like-pressed"
        ariaRole="button"
        ariaLabel={say('room.like', { count })}
        onClick={isOpen ? taps.add : undefined}
      >
        <View className="like-heart" />
        <View className="like-count">{count}</View>
      </View>
    </View>
  );
});

class Taps {
  private count = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly send: (count: number) => void) {}

  readonly add = (): void => {
    this.count++;
    this.timer ??= setTimeout(this.flush, TOGETHER_MS);
  };

  dispose(): void {
    clearTimeout(this.timer);
  }

  private readonly flush = (): void => {
    this.timer = undefined;
    this.send(this.count);
    this.count = 0;
  };
}
