"""What is written down of use: who looked at which client, and who came in or was refused."""
