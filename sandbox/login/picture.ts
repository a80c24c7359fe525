import { QRCodeSVG } from "qrcode.react";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";

/** The QR as a drawing that stays black on white in both themes, with the quiet zone scanners need. */
export function qrPicture(content: string): string {
  const element = createElement(QRCodeSVG, { value: content, size: 336, level: "M", marginSize: 2 });
  return renderToStaticMarkup(element).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ');
}
