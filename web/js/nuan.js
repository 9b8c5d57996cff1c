import './keys.js';
