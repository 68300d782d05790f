import { appTexts } from '@/i18n';
import { kindText } from '../../format/preview-text';
import { teamNoticeText } from '../../format/team-notice';
import { observer } from '../../page/observer';
import { useStores } from '../../page/stores-context';
import { useTexts } from '../../page/use-texts';
import type { BodyProps } from '../body-props';

/** A change of a team, as a line in the middle. */
export const NotificationBody = observer(function NotificationBody({
  row,
  content,
}: BodyProps<'notification'>) {
  const { account } = useStores();
  const t = useTexts(appTexts);
  const { kind, senderId, conversationId } = row;
  if (!content || !account) return <>{kindText(kind, '', t)}</>;
  const context = {
    myAccountId: account.accountId,
    nameOf: (id: string) => account.nameIn(conversationId, id),
  };
  return <>{teamNoticeText(content, senderId, context, t)}</>;
});
