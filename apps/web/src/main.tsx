import './app/styles.ts';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';

const place = document.getElementById('root');
if (place) createRoot(place).render(<App />);
