import { Image, View } from '@tarojs/components';
import type { CustomFields } from '@/stores';
import { registerCustom } from '../bodies/custom-body';
import type { ContentProps } from '../body-props';
import { Bubble } from '../bubble';
import { openMark } from '../open-mark';
import { observer } from '../../page/observer';
import { useStores } from '../../page/stores-context';
import { useTexts } from '../../page/use-texts';
import { messageTexts } from '../texts';

/** An order of a shop: `{type: 'order', title, picture, price, url}`. A sample that a product copies and changes. */
interface Order {
  readonly title: string;
  readonly picture: string;
  /** As the shop writes it, with the currency. */
  readonly price: string;
  readonly url: string;
}

/** Longest title and price that are shown, and longest address, characters. */
const TITLE_LENGTH = 60;
const PRICE_LENGTH = 20;
const URL_LENGTH = 1000;

/** The fields come from another user: each is checked, and other protocols than https are dropped. */
function parseOrder({ title, picture, price, url }: CustomFields): Order | null {
  if (typeof title !== 'string' || title.trim() === '') return null;
  return {
    title: title.slice(0, TITLE_LENGTH),
    picture: addressIn(picture),
    price: typeof price === 'string' ? price.slice(0, PRICE_LENGTH) : '',
    url: addressIn(url),
  };
}

function addressIn(value: unknown): string {
  const isAddress = typeof value === 'string' && /^https?:\/\//i.test(value);
  return isAddress && value.length <= URL_LENGTH ? value : '';
}

const OrderCard = observer(function OrderCard({ row, content, actions }: ContentProps<Order>) {
  const { settings } = useStores();
  const t = useTexts(messageTexts);
  const { title, picture, price, url } = content;
  // A link of another user is never opened without asking.
  const open = url && (() => void openMark({ type: 'link', text: url }, settings.language));
  return (
    <Bubble row={row} actions={actions} className="cc" {...(open && { onTap: open })}>
      {picture && <Image className="cc-p" src={picture} mode="aspectFill" lazyLoad />}
      <View className="cc-t">{title}</View>
      <View className="cc-m">{price}</View>
      {url && (
        <View className="cc-f cc-a" ariaRole="link">
          {t('orderOpen')}
        </View>
      )}
    </Bubble>
  );
});

registerCustom('order', { parse: parseOrder, Body: OrderCard });
