import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { routes } from '@/components/page/routes';
import { Avatar } from '@/components/ui/avatar';
import type { UserEntry } from '@/stores';
import './people.scss';

interface WhoProps {
  user: Pick<UserEntry, 'accountId' | 'name' | 'avatar'>;
  /** The lines below the name. */
  children?: ReactNode;
}

/** A person in a row: picture and name; a tap opens the card. */
export const Who = observer(function Who({ user, children }: WhoProps) {
  const navigate = useNavigate();
  const { accountId, name, avatar } = user;
  return (
    <View
      className="p-who"
      hoverClass="pressed"
      ariaRole="button"
      onClick={() => navigate(routes.card(accountId))}
    >
      <Avatar accountId={accountId} name={name} url={avatar} small />
      <View className="p-texts">
        <View className="p-name ellipsis">{name}</View>
        {children}
      </View>
    </View>
  );
});
