"""What a real-time thread is made of; knows no music."""
