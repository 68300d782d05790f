import { page } from '@/components/page/page';
import { ContactsView } from './contacts-view';

export default page(ContactsView, { kind: 'tab', title: (t) => t('contacts.title') });
