import { Image, View } from '@tarojs/components';
import { Avatar } from '@/components/avatar';
import { classes } from '@/components/classes';
import { separatorTime } from '@/components/format/time';
import { observer } from '@/components/observer';
import { today } from '@/components/today';
import { PictureRetry, usePicture } from '@/components/picture-retry';
import { useT } from '@/components/use-t';
import type { RoomImage, RoomRow } from '../stores/room-row';
import { useSay } from '../use-chatroom';
import { giftText, isGift } from './gifts';
import { noticeText } from './notice-text';
import type { RoomActions } from './room-actions';
import { saidId } from './room-scroll';

interface RoomMessageProps {
  row: RoomRow;
  actions: RoomActions;
}

/** One line of a room: few nodes with short names, for a flood sends 120 of them a second. */
export const RoomMessage = observer(function RoomMessage({ row, actions }: RoomMessageProps) {
  const t = useT();
  const say = useSay();
  const { messageClientId: id, mine, kind, notice, foldedBefore } = row;
  const isLine = notice !== null || row.recalled || kind === 'tips';
  const above = (
    <>
      {row.showTime && (
        <View className="msg-time">{separatorTime(row.createTime, today.now(), t)}</View>
      )}
      {foldedBefore > 0 && (
        <View className="skipped">{say('room.skipped', { count: foldedBefore })}</View>
      )}
    </>
  );
  if (isLine) {
    return (
      <View id={saidId(id)} className="msg note">
        {above}
        <View className="note-text">
          {notice
            ? noticeText(notice, say)
            : row.recalled
              ? say(mine ? 'room.recalledByMe' : 'room.recalled', { name: row.senderNick })
              : row.text}
        </View>
      </View>
    );
  }
  return (
    <View className={mine ? 'msg mine' : 'msg'}>
      {above}
      <View className="face" data-id={id} onClick={actions.openMember}>
        <Avatar accountId={row.senderId} name={row.senderNick} url={row.senderAvatar} small />
      </View>
      <View className="said">
        {!mine && <View className="who ellipsis">{row.senderNick}</View>}
        {row.image ? (
          <Picture row={row} image={row.image} actions={actions} />
        ) : (
          <View
            id={saidId(id)}
            className={classes('bubble', row.mentionsMe && 'calls-me', kind === 'gift' && 'gift')}
            data-id={id}
            onLongPress={actions.openMenu}
          >
            <Said row={row} />
          </View>
        )}
      </View>
      {mine && <SendState row={row} actions={actions} />}
    </View>
  );
});

const Said = observer(function Said({ row }: { row: RoomRow }) {
  const say = useSay();
  const { kind, custom, text } = row;
  if (kind === 'text') return <>{text}</>;
  if (isGift(custom)) return <>{giftText(custom, say)}</>;
  return <>{say(kind === 'custom' ? 'room.custom' : 'room.other')}</>;
});

interface PictureProps extends RoomMessageProps {
  image: RoomImage;
}

/** Of the right shape before it is loaded, so that nothing moves when it is. */
const Picture = observer(function Picture({ row, image, actions }: PictureProps) {
  const say = useSay();
  const { messageClientId: id, status, progress } = row;
  const { broken, onError, retry } = usePicture(image.url);
  return (
    <View
      id={saidId(id)}
      className="picture"
      style={boxOf(image)}
      data-id={id}
      ariaRole="button"
      ariaLabel={say('room.image')}
      onClick={actions.preview}
      onLongPress={actions.openMenu}
    >
      {broken ? (
        <PictureRetry retry={retry} />
      ) : (
        <Image
          className="picture-image"
          src={image.url}
          mode="aspectFill"
          lazyLoad
          onError={onError}
        />
      )}
      {row.mine && (
        <View className={status === 'sending' ? 'picture-progress' : 'picture-done'}>
          {status === 'sending' && say('room.uploading', { progress })}
        </View>
      )}
    </View>
  );
});

/**
 * Beside a message of mine: on its way or failed. One node that is always there: when the state changes, its
 * class crosses to the view and nothing of the row.
 */
const SendState = observer(function SendState({ row, actions }: RoomMessageProps) {
  const t = useT();
  const { status, messageClientId } = row;
  const label = { sending: 'chat.sending', sent: undefined, failed: 'chat.sendFailed' } as const;
  return (
    <View
      className={STATE_CLASS[status]}
      data-id={messageClientId}
      ariaRole={status === 'failed' ? 'button' : undefined}
      ariaLabel={label[status] && t(label[status])}
      onClick={actions.resend}
    />
  );
});

const STATE_CLASS = { sending: 'spinner', sent: 'sent', failed: 'failed' } as const;

const LONG_SIDE = 180;
const SHORT_SIDE = 64;

/** px of the screen; a square where the size is unknown. */
function boxOf({ width, height }: RoomImage): { width: string; height: string } {
  const scale = width > 0 && height > 0 ? Math.min(1, LONG_SIDE / Math.max(width, height)) : 0;
  const side = (length: number) => `${Math.max(SHORT_SIDE, Math.round(length * scale || 140))}PX`;
  return { width: side(width), height: side(height) };
}
