import { type CommonEvent, ScrollView, View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useCallback } from 'react';
import { avatarColour, initialOf } from '@/components/format/initial';
import { observer } from '@/components/observer';
import type { RoomStore } from '../stores/room-store';
import { useSay } from '../use-chatroom';
import type { RoomActions } from './room-actions';

interface SeatRowProps {
  room: RoomStore;
  actions: RoomActions;
}

/** Characters of a queue value (docs/chatroom.md); what is on a seat is a name. */
const NAME_LIMIT = 64;

/** Mic seats, out of the room's queue: whoever is on one is under the key of their account. */
export const SeatRow = observer(function SeatRow({ room, actions }: SeatRowProps) {
  const say = useSay();
  const { queue, me } = room;
  const mine = queue.element(room.accountId);

  const toggle = () => {
    const nick = me.member?.roomNick || room.accountId;
    void actions.attempt(() =>
      mine ? queue.poll(room.accountId) : queue.offer(room.accountId, nick.slice(0, NAME_LIMIT)),
    );
  };
  const manage = useCallback(
    async ({ currentTarget }: CommonEvent) => {
      const { id = '' } = currentTarget.dataset as { id?: string };
      const name = queue.element(id)?.value ?? '';
      if (!room.mayManage) {
        void Taro.showToast({ title: name, icon: 'none' });
        return;
      }
      try {
        const { tapIndex } = await Taro.showActionSheet({
          itemList: [say('room.removeSeat', { name }), say('room.clearSeats')],
        });
        await actions.attempt(() => (tapIndex === 0 ? queue.poll(id) : queue.drop()));
      } catch {
        // Put away without a choice.
      }
    },
    [actions, queue, room, say],
  );

  return (
    <ScrollView
      className="seats"
      scrollX
      enhanced
      showScrollbar={false}
      ariaLabel={say('room.seats')}
    >
      <View className="seats-row">
        {(queue.mayOffer || mine) && (
          <View
            className={mine ? 'seat-leave' : 'seat-take'}
            hoverClass="button-pressed"
            ariaRole="button"
            onClick={toggle}
          >
            <View className="seat-label">{say(mine ? 'room.leaveSeat' : 'room.takeSeat')}</View>
          </View>
        )}
        {!queue.mayOffer && queue.elements.length === 0 && (
          <View className="seats-none">{say('room.noSeats')}</View>
        )}
        <View className="seats-row">
          {/* Keyed by place: who leaves in the middle changes fields instead of moving nodes. */}
          {queue.elements.map(({ key, value }, place) => (
            <View
              key={place}
              className="seat"
              data-id={key}
              ariaRole="button"
              ariaLabel={value}
              onClick={(event) => void manage(event)}
            >
              <View className={`seat-face av-${avatarColour(key)}`}>{initialOf(value)}</View>
            </View>
          ))}
        </View>
      </View>
    </ScrollView>
  );
});
