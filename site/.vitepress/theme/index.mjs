// The default theme with the fonts of the system, so that no page loads a font.

import Theme from 'vitepress/theme-without-fonts';
import './style.css';

export default Theme;
