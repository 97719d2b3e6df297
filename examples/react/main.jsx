import { createRoot } from 'react-dom/client';
import { openDesk } from '../desk.js';
import { Desk } from './desk.jsx';

const park = await openDesk();
createRoot(document.querySelector('#app')).render(<Desk park={park} />);
