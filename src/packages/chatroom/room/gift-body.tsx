import { registerCustom } from '@/components/message/bodies/custom-body';
import type { ContentProps } from '@/components/message/body-props';
import { Bubble } from '@/components/message/bubble';
import { observer } from '@/components/page/observer';
import { useTexts } from '@/components/page/use-texts';
import { type Gift, parseGift } from '../stores/custom-content';
import { chatroomTexts } from '../texts';
import { giftText } from './gifts';

const GiftBody = observer(function GiftBody({ row, content, actions }: ContentProps<Gift>) {
  const t = useTexts(chatroomTexts);
  return (
    <Bubble row={row} actions={actions} className="gift">
      {giftText(content, t)}
    </Bubble>
  );
});

registerCustom('gift', { parse: parseGift, Body: GiftBody });
