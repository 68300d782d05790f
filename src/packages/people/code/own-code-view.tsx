import { CodeCard } from '@/components/code/code-card';
import { codeOfPerson } from '@/components/code/codes';
import { observer } from '@/components/page/observer';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { peopleTexts } from '../texts';

/** The QR code of the own account: it names the account and nothing else. */
export const OwnCodeView = observer(function OwnCodeView() {
  const { account } = useStores();
  const t = useTexts(peopleTexts);
  if (!account) return null;
  const { accountId, name, avatar } = account.users.self;
  return (
    <CodeCard
      code={codeOfPerson(accountId)}
      id={accountId}
      name={name}
      note={t('card.account', { account: accountId })}
      avatar={avatar}
      title={t('code.title')}
      hint={t('code.hint')}
      saveText={t('code.save')}
      fileName="my-code.png"
    />
  );
});
