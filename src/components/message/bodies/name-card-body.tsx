import { View } from '@tarojs/components';
import { NAME_CARD, type NameCard, nameCardIn } from '@/stores';
import { useNavigate } from '../../page/navigate';
import { observer } from '../../page/observer';
import { routes } from '../../page/routes';
import { useStores } from '../../page/stores-context';
import { useTexts } from '../../page/use-texts';
import { Avatar } from '../../ui/avatar';
import type { ContentProps } from '../body-props';
import { Bubble } from '../bubble';
import { messageTexts } from '../texts';
import { registerCustom } from './custom-body';

/** A person: avatar, name, account. A tap opens the page about the person; visitors without an account only read. */
const NameCardBody = observer(function NameCardBody({
  row,
  content,
  actions,
}: ContentProps<NameCard>) {
  const { account } = useStores();
  const t = useTexts(messageTexts);
  const navigate = useNavigate();
  const { account: accountId } = content;
  const user = account?.users.get(accountId);
  // The card of a person whose profile is unknown shows what its sender knew.
  const name = user?.alias || user?.profileName || content.name || accountId;
  const open = account && (() => navigate(routes.card(accountId)));
  return (
    <Bubble row={row} actions={actions} className="cc" {...(open && { onTap: open })}>
      <Avatar accountId={accountId} name={name} url={user?.avatar || content.avatar} small />
      <View className="cc-t ellipsis" ariaRole={open ? 'button' : undefined}>
        {name}
      </View>
      <View className="cc-f ellipsis">{`${t('card')} · ${accountId}`}</View>
    </Bubble>
  );
});

registerCustom(NAME_CARD, { parse: nameCardIn, Body: NameCardBody });
