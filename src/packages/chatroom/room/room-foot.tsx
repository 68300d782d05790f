import type { CommonEvent } from '@tarojs/components';
import { useCallback, useLayoutEffect, useMemo } from 'react';
import { ClosedComposer } from '@/components/composer/closed-composer';
import { Composer } from '@/components/composer/composer';
import type { ComposerTool } from '@/components/composer/composer-tool';
import { moreTool } from '@/components/composer/more-panel';
import { submitText } from '@/components/composer/submit-text';
import { composerTexts } from '@/components/composer/texts';
import type { ListScroll } from '@/components/message-list/list-scroll';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { Slot } from '@/components/ui/slot';
import { routes } from '@/components/page/routes';
import { useTexts } from '@/components/page/use-texts';
import type { OutgoingFile } from '@/stores';
import type { RoomStore } from '../stores/room-store';
import type { ComposerState } from '../stores/self-store';
import { chatroomTexts, type ChatroomTexts } from '../texts';
import { GiftPanel } from './gift-panel';
import { GIFTS } from './gifts';
import { LikeButton } from './like-button';
import { remaining } from './countdown-text';
import { useMoreItems } from './more-items';
import type { RoomActions } from './room-actions';

interface RoomFootProps {
  room: RoomStore;
  scroll: ListScroll;
  actions: RoomActions;
}

/** The composer, or the reason why nothing can be written. */
export const RoomFoot = observer(function RoomFoot(props: RoomFootProps) {
  const { room, scroll } = props;
  const isOpen = room.composer.kind === 'open';
  // The foot changes the height of the list: its end stays in sight.
  useLayoutEffect(() => scroll.followEnd(), [scroll, isOpen]);
  return <Slot>{isOpen ? <OpenFoot {...props} /> : <ClosedFoot room={room} />}</Slot>;
});

const OpenFoot = observer(function OpenFoot({ room, scroll, actions }: RoomFootProps) {
  const t = useTexts(chatroomTexts);
  const send = useCallback(
    (text: string) =>
      submitText(text, { id: room.roomId, kind: 'room' }, actions.inlet, (checked) =>
        room.sendText(checked),
      ),
    [room, actions],
  );
  const items = useMoreItems(room, scroll);
  const composerT = useTexts(composerTexts);
  const sendGift = useCallback(
    ({ currentTarget }: CommonEvent) => {
      const { gift } = currentTarget.dataset as { gift?: string };
      const chosen = GIFTS.find(({ giftId }) => giftId === gift);
      if (!chosen) return;
      room.sendGift({ giftId: chosen.giftId, name: t(`gift.${chosen.giftId}`), count: 1 });
      scroll.toEnd();
    },
    [room, t, scroll],
  );
  const tools = useMemo(
    (): ComposerTool[] => [
      {
        key: 'gift',
        className: 'tool-gift',
        label: t('room.gifts'),
        panel: <GiftPanel onPick={sendGift} />,
      },
      moreTool(items, composerT('more')),
      { key: 'like', render: (hidden) => <LikeButton room={room} hidden={hidden} /> },
    ],
    [room, t, sendGift, items, composerT],
  );
  const sendVoice = useCallback((file: OutgoingFile) => room.sendFile(file), [room]);
  return (
    <Composer
      scroll={scroll}
      inlet={actions.inlet}
      onSend={send}
      onVoice={sendVoice}
      tools={tools}
    />
  );
});

const ClosedFoot = observer(function ClosedFoot({ room }: Pick<RoomFootProps, 'room'>) {
  const t = useTexts(chatroomTexts);
  const navigate = useNavigate();
  const { composer } = room;
  const signIn = { label: t('exit.signIn'), onTap: () => navigate(routes.login, 'restart') };
  return (
    <ClosedComposer
      reason={closedText(composer, t)}
      {...(composer.kind === 'anonymous' && { action: signIn })}
    />
  );
});

function closedText(composer: ComposerState, t: ChatroomTexts): string {
  switch (composer.kind) {
    case 'open':
    case 'outside':
      return t('closed.outside');
    case 'tempMuted':
      return t('closed.tempMuted', { time: remaining(composer.secondsLeft) });
    default:
      return t(`closed.${composer.kind}`);
  }
}
