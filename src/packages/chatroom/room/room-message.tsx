import { View } from '@tarojs/components';
import { separatorTime } from '@/components/format/time';
import { FailureNote } from '@/components/message/failure-note';
import { MessageBody } from '@/components/message/message-body';
import { MessageState } from '@/components/message/message-state';
import { observer } from '@/components/page/observer';
import { today } from '@/components/page/today';
import { useTexts } from '@/components/page/use-texts';
import { Avatar } from '@/components/ui/avatar';
import { bubbleId } from '@/components/ui/bubble-id';
import { appTexts } from '@/i18n';
import { isLineKind } from '@/stores';
import type { RoomRow } from '../stores/room-row';
import { chatroomTexts } from '../texts';
import { noticeText } from './notice-text';
import type { RoomActions } from './room-actions';
import './gift-body';

interface RoomMessageProps {
  row: RoomRow;
  actions: RoomActions;
}

/** One message of a room. It has few nodes with short names: a flood sends 120 messages a second. */
export const RoomMessage = observer(function RoomMessage({ row, actions }: RoomMessageProps) {
  const appT = useTexts(appTexts);
  const t = useTexts(chatroomTexts);
  const { messageClientId: id, mine, kind, notice, recalled, foldedBefore } = row;
  const above = (
    <>
      {row.showTime && (
        <View className="msg-time">{separatorTime(row.createTime, today.now(), appT)}</View>
      )}
      {foldedBefore > 0 && (
        <View className="skipped">{t('room.skipped', { count: foldedBefore })}</View>
      )}
    </>
  );
  const body = <MessageBody row={row} actions={actions} />;
  if (recalled || isLineKind(kind)) {
    const recall = mine ? 'room.recalledByMe' : 'room.recalled';
    return (
      <View id={bubbleId(id)} className="msg note">
        {above}
        <View className="note-text">
          {notice ? noticeText(notice, t) : recalled ? t(recall, { name: row.senderNick }) : body}
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
        {body}
      </View>
      {mine && <MessageState row={row} actions={actions} />}
      {mine && <FailureNote row={row} />}
    </View>
  );
});
