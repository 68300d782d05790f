import { type CommonEvent, View } from '@tarojs/components';
import { observer } from '@/components/observer';
import { useSay } from '../use-chatroom';
import { GIFTS } from './gifts';

/** Four presents; tapping one sends it. */
export const GiftPanel = observer(function GiftPanel({
  onPick,
}: {
  onPick: (event: CommonEvent) => void;
}) {
  const say = useSay();
  return (
    <View className="gifts">
      {GIFTS.map(({ giftId, emoji }) => (
        <View
          key={giftId}
          className="gift-choice"
          hoverClass="pressed"
          data-gift={giftId}
          ariaRole="button"
          onClick={onPick}
        >
          <View className="gift-emoji">{emoji}</View>
          <View className="gift-name">{say(`gift.${giftId}`)}</View>
        </View>
      ))}
    </View>
  );
});
