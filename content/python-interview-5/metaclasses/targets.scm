; What has a card, special before general.
