import { type CommonEvent, View } from '@tarojs/components';
import { useCallback, useLayoutEffect, useMemo } from 'react';
import { classes } from '@/components/classes';
import { Composer } from '@/components/composer/composer';
import type { ListScroll } from '@/components/message-list/list-scroll';
import { useNavigate } from '@/components/navigate';
import { observer } from '@/components/observer';
import { Place } from '@/components/place';
import { routes } from '@/components/routes';
import { useStores } from '@/components/stores-context';
import type { RoomStore } from '../stores/room-store';
import type { ComposerState } from '../stores/self-store';
import type { Say } from '../texts';
import { useSay } from '../use-chatroom';
import { chooseImages } from './choose-images';
import { GiftPanel } from './gift-panel';
import { GIFTS } from './gifts';
import { LikeButton } from './like-button';
import { remaining } from './remaining';
import type { RoomActions } from './room-actions';

interface RoomFootProps {
  room: RoomStore;
  scroll: ListScroll;
  actions: RoomActions;
}

/** The composer, or why there is none. */
export const RoomFoot = observer(function RoomFoot(props: RoomFootProps) {
  const { room, scroll } = props;
  const isOpen = room.composer.kind === 'open';
  // The list has become higher or lower: its end stays in sight when it was.
  useLayoutEffect(() => scroll.followEnd(), [scroll, isOpen]);
  return <Place>{isOpen ? <OpenFoot {...props} /> : <ClosedFoot room={room} />}</Place>;
});

const OpenFoot = observer(function OpenFoot({ room, scroll, actions }: RoomFootProps) {
  const say = useSay();
  const { settings } = useStores();
  const send = useCallback((text: string) => room.sendText(text), [room]);
  const sendImages = useCallback(async () => {
    for (const image of await chooseImages(settings.language)) room.sendImage(image);
    scroll.toEnd();
  }, [room, scroll, settings]);
  const sendGift = useCallback(
    ({ currentTarget }: CommonEvent) => {
      const { gift } = currentTarget.dataset as { gift?: string };
      const chosen = GIFTS.find(({ giftId }) => giftId === gift);
      if (!chosen) return;
      room.sendGift({ giftId: chosen.giftId, name: say(`gift.${chosen.giftId}`), count: 1 });
      scroll.toEnd();
    },
    [room, say, scroll],
  );
  const tools = useCallback(
    (hidden: boolean) => (
      <>
        <View
          className={classes('composer-tool', 'tool-image', hidden && 'composer-no-send')}
          ariaRole="button"
          ariaLabel={say('room.sendImage')}
          onClick={() => void sendImages()}
        />
        <LikeButton room={room} hidden={hidden} />
      </>
    ),
    [room, say, sendImages],
  );
  const extra = useMemo(
    () => ({
      className: 'tool-gift',
      label: say('room.gifts'),
      panel: <GiftPanel onPick={sendGift} />,
    }),
    [say, sendGift],
  );
  return (
    <Composer scroll={scroll} inlet={actions.inlet} onSend={send} tools={tools} extra={extra} />
  );
});

const ClosedFoot = observer(function ClosedFoot({ room }: Pick<RoomFootProps, 'room'>) {
  const say = useSay();
  const navigate = useNavigate();
  const { composer } = room;
  const isGuest = composer.kind === 'anonymous';
  return (
    <View className="composer closed">
      <View className="closed-text">{closedText(composer, say)}</View>
      {isGuest && (
        <View
          className="closed-action"
          hoverClass="button-pressed"
          ariaRole="button"
          onClick={() => navigate(routes.login, 'restart')}
        >
          {say('exit.signIn')}
        </View>
      )}
    </View>
  );
});

function closedText(composer: ComposerState, say: Say): string {
  switch (composer.kind) {
    case 'open':
    case 'outside':
      return say('closed.outside');
    case 'tempMuted':
      return say('closed.tempMuted', { time: remaining(composer.secondsLeft) });
    default:
      return say(`closed.${composer.kind}`);
  }
}
