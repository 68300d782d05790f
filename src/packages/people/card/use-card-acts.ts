import { confirm, toast } from '@/components/page/dialogs';
import { useNavigate } from '@/components/page/navigate';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { appTexts } from '@/i18n';
import type { AccountStores, CallType, FriendRequest } from '@/stores';
import { acceptRequest, askToBefriend } from '@/stores/people/friend-answers';
import { type PersonCard, REMARK_LENGTH } from '@/stores/people/person-card';
import { askText } from '@/components/page/ask-text';
import { attempt } from '@/components/page/attempt';
import { peopleTexts } from '../texts';

/** Longest text of a request, characters. */
const REQUEST_LENGTH = 200;

/** What the buttons of a card do. */
export function useCardActs(account: AccountStores, card: PersonCard) {
  const t = useTexts(peopleTexts);
  const appT = useTexts(appTexts);
  const { language } = useStores().settings;
  // Read here, so that the own name is known when the user asks for a friendship.
  const { self } = account.users;
  const navigate = useNavigate();
  const cancelText = appT('common.cancel');
  const run = (act: () => Promise<void>) => attempt(act, language);
  const notLonger = (limit: number) => (typed: string) =>
    typed.length > limit ? t('profile.tooLong', { limit }) : null;

  const remark = async () => {
    const alias = await askText(
      {
        title: t('card.remark'),
        hint: t('card.remarkHint'),
        initial: card.user.alias,
        problemOf: notLonger(REMARK_LENGTH),
      },
      language,
    );
    if (alias !== null && alias !== card.user.alias) await run(() => card.setRemark(alias));
  };
  const add = async () => {
    const text = await askText(
      {
        title: t('card.addText'),
        initial: self.known ? t('card.addInitial', { name: self.name }) : '',
        problemOf: notLonger(REQUEST_LENGTH),
      },
      language,
    );
    if (text === null) return;
    if (await run(() => askToBefriend(account, card.accountId, text))) toast(t('card.asked'));
  };
  const block = async (isBlocked: boolean) => {
    const isSure =
      !isBlocked ||
      (await confirm({
        content: t('card.blockConfirm'),
        confirmText: appT('common.ok'),
        cancelText,
      }));
    return isSure && (await run(() => card.setBlocked(isBlocked)));
  };
  const unfriend = async () => {
    const isSure = await confirm({
      content: t('card.deleteConfirm', { name: card.user.name }),
      confirmText: appT('common.delete'),
      cancelText,
    });
    if (isSure) await run(() => card.unfriend());
  };
  return {
    remark: () => void remark(),
    add: () => void add(),
    accept: (request: FriendRequest) =>
      void run(() => acceptRequest(account, request, t('requests.greeting'))),
    mute: (isMuted: boolean) => run(() => card.setMuted(isMuted)),
    pin: (conversationId: string, isOn: boolean) =>
      run(() => account.acts.setStickTop(conversationId, isOn)),
    block,
    unfriend: () => void unfriend(),
    chat: () => navigate(routes.chat(account.conversations.conversationIdWith(card.accountId))),
    call: (type: CallType) => {
      account.call.start(card.accountId, type);
      navigate(routes.call);
    },
  };
}
