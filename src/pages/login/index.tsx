import { page } from '@/components/page/page';
import { LoginView } from './login-view';

export default page(LoginView, { kind: 'login', title: (t) => t('login.title') });
