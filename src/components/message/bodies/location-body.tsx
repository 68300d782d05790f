import { View } from '@tarojs/components';
import { oneLine } from '../../format/one-line';
import { observer } from '../../page/observer';
import { useTexts } from '../../page/use-texts';
import type { BodyProps } from '../body-props';
import { Bubble } from '../bubble';
import { placeTexts } from '../place/texts';

/** A card with the name and the address of a place over a drawn map. A tap opens it in the map. */
export const LocationBody = observer(function LocationBody({
  row,
  content,
  actions,
}: BodyProps<'location'>) {
  const t = useTexts(placeTexts);
  const title = oneLine(content.title);
  const address = oneLine(content.address);
  const note = title && title !== address ? address : '';
  const { place } = content;
  return (
    <Bubble
      row={row}
      actions={actions}
      className={place ? 'card loc' : 'card loc nowhere'}
      onAction={place ? actions.openPlace : undefined}
    >
      <View className="ellipsis">{title || address || t('place')}</View>
      <View className="loc-note ellipsis">{place ? note : t('unknown')}</View>
    </Bubble>
  );
});
