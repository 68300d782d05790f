import { type CommonEvent, ScrollView, View } from '@tarojs/components';
import { useCallback } from 'react';
import { choose, toast } from '@/components/page/dialogs';
import { avatarColour, initialOf } from '@/components/format/initial';
import { observer } from '@/components/page/observer';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import type { RoomStore } from '../stores/room-store';
import type { RoomActions } from './room-actions';
import { amSeated, leaveSeat, seatsOf, takeSeat } from './seats';
import { chatroomTexts } from '../texts';

interface SeatRowProps {
  room: RoomStore;
  actions: RoomActions;
}

/** Mic seats from the room's queue; the key of an occupied seat is the account id. */
export const SeatRow = observer(function SeatRow({ room, actions }: SeatRowProps) {
  const t = useTexts(chatroomTexts);
  const { settings } = useStores();
  const { queue } = room;
  const seats = seatsOf(room);
  const isSeated = amSeated(room);

  const toggle = () => void actions.attempt(() => (isSeated ? leaveSeat(room) : takeSeat(room)));
  const manage = useCallback(
    async ({ currentTarget }: CommonEvent) => {
      const { id = '' } = currentTarget.dataset as { id?: string };
      const name = queue.element(id)?.value ?? '';
      if (!room.mayManage) {
        toast(name);
        return;
      }
      const deeds = [
        { text: t('room.removeSeat', { name }), run: () => queue.poll(id) },
        { text: t('room.clearSeats'), run: () => queue.drop() },
      ];
      const deed = await choose(deeds, ({ text }) => text, settings.language);
      if (deed) await actions.attempt(deed.run);
    },
    [actions, queue, room, t, settings],
  );

  return (
    <ScrollView
      className="seats"
      scrollX
      enhanced
      showScrollbar={false}
      ariaLabel={t('room.seats')}
    >
      <View className="seats-row">
        {(queue.mayOffer || isSeated) && (
          <View
            className={isSeated ? 'seat-leave' : 'seat-take'}
            hoverClass="button-pressed"
            ariaRole="button"
            onClick={toggle}
          >
            <View className="seat-label">{t(isSeated ? 'room.leaveSeat' : 'room.takeSeat')}</View>
          </View>
        )}
        {!queue.mayOffer && seats.length === 0 && (
          <View className="seats-none">{t('room.noSeats')}</View>
        )}
        <View className="seats-row">
          {/* Keyed by index: a member who leaves in the middle changes fields instead of moving nodes. */}
          {seats.map(({ key, value }, place) => (
            <View
              key={place}
              className="seat"
              data-id={key}
              ariaRole="button"
              ariaLabel={value}
              onClick={(event) => void manage(event)}
            >
              <View className={`seat-face av-${avatarColour(key)}`}>{faceOf(value)}</View>
            </View>
          ))}
        </View>
      </View>
    </ScrollView>
  );
});

/** The first letter of the text on a seat, without the bracket around a song. */
function faceOf(value: string): string {
  return initialOf(/[\p{L}\p{N}\p{So}].*/u.exec(value)?.[0] ?? value);
}
