import { type CommonEvent, View } from '@tarojs/components';
import { observer } from '@/components/page/observer';
import { useTexts } from '@/components/page/use-texts';
import { GIFTS } from './gifts';
import { chatroomTexts } from '../texts';

/** Shows the gifts; a tap sends the gift. */
export const GiftPanel = observer(function GiftPanel({
  onPick,
}: {
  onPick: (event: CommonEvent) => void;
}) {
  const t = useTexts(chatroomTexts);
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
          <View className="gift-name">{t(`gift.${giftId}`)}</View>
        </View>
      ))}
    </View>
  );
});
