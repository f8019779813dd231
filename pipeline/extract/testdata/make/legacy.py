"""Vietnamese in the encodings of old fonts: TCVN3 (.VnTime) and VNI-Windows (VNI-Times)."""
TCVN3 = dict(zip("àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ",
                 "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢£¤¥¦§"))
TONES = {"a": "aøaùaûaõaï", "ă": "aèaéaúaüaë", "â": "aàaáaåaãaä", "e": "eøeùeûeõeï", "ê": "eàeáeåeãeä", "o": "oøoùoûoõoï", "ô": "oàoáoåoãoä",
         "ơ": "ôøôùôûôõôï", "u": "uøuùuûuõuï", "ư": "öøöùöûöõöï", "y": "yøyùyûyõ"}
LETTERS = {"a": "àáảãạ", "ă": "ằắẳẵặ", "â": "ầấẩẫậ", "e": "èéẻẽẹ", "ê": "ềếểễệ", "o": "òóỏõọ", "ô": "ồốổỗộ", "ơ": "ờớởỡợ", "u": "ùúủũụ", "ư": "ừứửữự", "y": "ỳýỷỹ"}
VNI = {"ă": "aê", "â": "aâ", "ê": "eâ", "ô": "oâ", "ơ": "ô", "ư": "ö", "đ": "ñ", "ì": "ì", "í": "í", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î"}
for base, letters in LETTERS.items():
    for i, x in enumerate(letters):
        VNI[x] = TONES[base][2 * i:2 * i + 2]
VNI.update({k.upper(): v.upper() for k, v in list(VNI.items())})


def tcvn3(text):
    return "".join(TCVN3.get(c, c) for c in text)


def vni(text):
    return "".join(VNI.get(c, c) for c in text)
